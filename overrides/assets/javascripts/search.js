// The list of results below the search field: asks the worker, shows pages with their best sections. Loaded by site.js.
const base = new URL("../..", import.meta.url);
const status = Object.assign(document.createElement("p"), { className: "ed-sr", role: "status" });
const list = Object.assign(document.createElement("div"), { id: "results", role: "listbox", ariaLabel: "Results" });
const panel = Object.assign(document.createElement("div"), { className: "ed-found", hidden: true });
panel.append(status, list);

let field, worker, ready, asked = "", chosen = -1;

// What the index holds as HTML, as text.
const plain = html => new DOMParser().parseFromString(html, "text/html").body.textContent.trim();

// The words around the first hit.
function excerpt(html, terms) {
  const text = plain(html).replace(/\s+/g, " ");
  const at = Math.max(0, ...terms.map(term => text.toLowerCase().indexOf(term.toLowerCase())));
  const from = at < 80 ? 0 : text.lastIndexOf(" ", at - 60) + 1;
  return (from ? "… " : "") + text.slice(from, from + 180).replace(/\s\S*$/, " …");
}

// Marks the parts of a text that the worker marked, and nothing else of its HTML.
function marked(element, html) {
  for (const node of new DOMParser().parseFromString(html, "text/html").body.childNodes) {
    const piece = /^(MARK|SPAN)$/.test(node.nodeName) ? document.createElement(node.localName) : document.createTextNode("");
    piece.textContent = node.textContent;
    if (node.lang) piece.lang = node.lang;
    if (piece.localName === "span") piece.className = "ed-kind";
    element.append(piece);
  }
}

function result(items) {
  const [best] = items, whole = items.find(({ location }) => !location.includes("#")) ?? best;
  const link = Object.assign(document.createElement("a"), { href: new URL(best.location, base), role: "option", tabIndex: -1 });
  const title = document.createElement("b"), text = document.createElement("p");
  marked(title, whole.title);
  const named = /^<p>Named (.*?)<\/p>/.exec(whole.text)?.[1];
  if (named) { text.append("Named "); marked(text, named); text.append(". "); }
  if (best !== whole) { text.append("§ "); marked(text, best.title); text.append(": "); }
  text.append(excerpt(named ? whole.text.slice(named.length + 13) : best.text, Object.keys(best.terms ?? {})));
  link.append(title, text);
  return link;
}

const links = () => [...panel.querySelectorAll("a")];

function choose(number) {
  const options = links();
  for (const option of panel.querySelectorAll("[aria-selected]")) option.removeAttribute("aria-selected");
  chosen = options.length ? (number + options.length) % options.length : -1;
  const option = options[chosen];
  if (!option) return field.removeAttribute("aria-activedescendant");
  option.id ||= `result-${chosen}`;
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", option.id);
}

function show(items, alike) {
  chosen = -1;
  field.removeAttribute("aria-activedescendant");
  list.replaceChildren(...items.slice(0, 10).map(result));
  panel.querySelector("nav")?.remove();
  status.textContent = items.length === 1 ? "1 page found" : items.length ? `${items.length} pages found` : "No matching documents";
  status.className = items.length ? "ed-sr" : "";
  if (!items.length) panel.append(instead(alike));
  open(true);
}

// Where nothing is found: what begins alike, and the sections.
function instead(alike) {
  const nav = Object.assign(document.createElement("nav"), { ariaLabel: "Where to look instead" });
  const line = (text, targets) => {
    const each = document.createElement("p");
    targets.forEach(([href, textContent], number) => {
      each.append(number ? ", " : text, Object.assign(document.createElement("a"), { href, textContent, tabIndex: -1 }));
    });
    if (targets.length) nav.append(each);
  };
  line("Begins alike: ", alike.map(([location, title]) => [new URL(location, base), plain(title)]));
  line("Pages by section: ", [...document.querySelectorAll("#sections a")].map(({ href, textContent }) => [href, textContent]));
  return nav;
}

function open(is) {
  panel.hidden = !is;
  field.setAttribute("aria-expanded", is);
}

// While the worker is being loaded, the last query waits.
function ask() {
  const query = field.value.trim();
  if (query === asked) return query && open(true);
  asked = query;
  if (!query) {
    status.textContent = "";
    list.replaceChildren();
    return open(false);
  }
  ready.then(() => {
    if (asked === query) worker.postMessage({ type: 2, data: query });
  }).catch(() => {
    status.textContent = "Search could not be loaded. Try again, or look by section.";
    status.className = "";
    asked = "";
    open(true);
  });
}

function load() {
  return fetch(new URL("search/search_index.json", base)).then(answer => answer.ok ? answer.json() : Promise.reject())
    .then(index => new Promise((done, fail) => {
      worker = new Worker(new URL("search-worker.js", import.meta.url));
      worker.onerror = fail;
      worker.onmessage = ({ data: { type, data } }) => {
        if (type === 1) done();
        if (type === 3 && data.query === asked) show(data.items, data.alike ?? []);
      };
      worker.postMessage({ type: 0, data: { ...index, options: { suggest: false } } });
    }));
}

export function start(input) {
  field = input;
  field.setAttribute("aria-controls", list.id);
  field.form.append(panel);
  ready = load();
  ready.catch(() => {});
  field.addEventListener("input", ask);
  field.addEventListener("focus", () => { if (asked) open(true); });
  field.addEventListener("keydown", event => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (asked) open(true);
      choose(chosen + (event.key === "ArrowDown" ? 1 : chosen < 0 ? 0 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!panel.hidden) (links()[chosen] ?? list.querySelector("a"))?.click();
    } else if (event.key === "Escape") {
      // A second one empties the field.
      if (panel.hidden) field.value = "";
      open(false);
    }
  });
  document.addEventListener("pointerdown", ({ target }) => { if (!field.form.contains(target)) open(false); });
  field.form.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !field.form.contains(relatedTarget)) open(false);
  });
  if (field.value) ask();
}
