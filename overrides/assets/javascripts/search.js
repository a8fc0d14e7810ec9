// The list of results below the search field: pages with their best sections. Loaded by site.js.
import { words } from "./search/fold.js";
import { Index } from "./search/index.js";

const base = new URL("../..", import.meta.url);
const status = Object.assign(document.createElement("p"), { className: "ed-sr", role: "status" });
const list = Object.assign(document.createElement("div"), { id: "results", role: "listbox", ariaLabel: "Results" });
const panel = Object.assign(document.createElement("div"), { className: "ed-found", hidden: true });
panel.append(status, list);

let field, index, ready, asked = "", chosen = -1;

// The paragraph with most of the words, from shortly before the first of them.
function excerpt(text, found) {
  const wanted = words(found).filter(word => word.length > 2);
  const counted = text.split("\n").map(block => {
    const said = words(block);
    return { block, count: wanted.filter(word => said.some(other => other.startsWith(word))).length };
  });
  const best = counted.reduce((best, each) => each.count > best.count ? each : best).block;
  const at = Math.max(0, ...wanted.map(word => best.toLowerCase().indexOf(word)));
  const from = at < 80 ? 0 : best.lastIndexOf(" ", at - 60) + 1;
  return (from ? "… " : "") + best.slice(from, from + 180).replace(/\s\S*$/, best.length > from + 180 ? " …" : "$&");
}

const made = (tag, textContent, properties) => Object.assign(document.createElement(tag), { textContent, ...properties });

function result({ page, place, forms }, query) {
  const link = Object.assign(document.createElement("a"), { href: new URL(place.url, base), role: "option", tabIndex: -1 });
  const title = document.createElement("b"), text = document.createElement("p");
  const whole = forms.some(({ kind, place }) => kind === 0 && !place.id);
  title.append(whole ? made("mark", page.title) : page.title);
  if (page.kind && page.kind !== page.title) title.append(" ", made("span", page.kind, { className: "ed-kind" }));
  const named = [...new Map(forms.filter(({ kind }) => kind === 1).map(form => [form.text, form])).values()];
  if (place.id) text.append("§ ", named.some(({ text }) => text === place.title) ? made("mark", place.title) : place.title, ": ");
  const others = named.filter(({ text }) => text !== place.title && text !== page.title);
  others.forEach((form, at) => text.append(at ? ", " : "Named ", made("mark", form.text, { lang: form.lang ?? "en" })));
  if (others.length) text.append(". ");
  text.append(excerpt(place.text, query));
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

function show(query) {
  const items = index.search(query);
  chosen = -1;
  field.removeAttribute("aria-activedescendant");
  list.replaceChildren(...items.slice(0, 10).map(item => result(item, query)));
  panel.querySelector("nav")?.remove();
  status.textContent = items.length === 1 ? "1 page found" : items.length ? `${items.length} pages found` : "No matching documents";
  status.className = items.length ? "ed-sr" : "";
  if (!items.length) panel.append(instead(index.alike(query)));
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
  line("Begins alike: ", alike.map(({ url, title }) => [new URL(url, base), title]));
  line("Pages by section: ", [...document.querySelectorAll("#sections a")].map(({ href, textContent }) => [href, textContent]));
  return nav;
}

function open(is) {
  panel.hidden = !is;
  field.setAttribute("aria-expanded", is);
}

// While names are being loaded, the last query waits.
function ask() {
  const query = field.value.trim();
  if (query === asked) return query && open(true);
  asked = query;
  if (!query) {
    status.textContent = "";
    list.replaceChildren();
    return open(false);
  }
  (ready ??= load()).then(() => {
    if (asked === query) show(query);
  }).catch(() => {
    status.textContent = "Search could not be loaded. Try again, or look by section.";
    status.className = "";
    asked = "";
    open(true);
  });
}

const get = path => fetch(new URL(`search/${path}.json`, base)).then(answer => answer.ok ? answer.json() : Promise.reject());

// Names answer first; the text of each section of the site joins them as it comes.
async function load() {
  panel.ariaBusy = true;
  const names = await get("names");
  index = new Index(names);
  const texts = Object.keys(names.sections).map(section => get(`text/${section}`).then(text => index.addText(text)));
  Promise.allSettled(texts).then(() => {
    panel.ariaBusy = null;
    if (asked && chosen < 0 && !panel.hidden) show(asked);
  });
}

export function start(input) {
  field = input;
  field.setAttribute("aria-controls", list.id);
  field.form.append(panel);
  ready = load();
  ready.catch(() => {
    ready = undefined;
    panel.ariaBusy = null;
  });
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
