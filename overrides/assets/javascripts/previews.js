// What is behind a link or term: when the mouse rests on it, on terms in focus, on links in focus when “i” asks.
const base = new URL("../..", import.meta.url).href;
const pages = new Map();
const box = Object.assign(document.createElement("div"), { id: "ed-preview", className: "ed-preview", popover: "manual" });
box.setAttribute("role", "tooltip");
let host, timer, pointed;

const find = element => {
  const found = element.closest?.("article abbr[title], article a[href]:not(.headerlink)");
  if (!found || found.matches("abbr, .ed-note a")) return found;
  const inside = found.href.startsWith(base) && !/\.\w+$/.test(found.pathname);
  return inside && found.pathname !== location.pathname ? found : null;
};

const page = address => {
  if (address === location.origin + location.pathname) return document;
  if (!pages.has(address)) {
    pages.set(address, fetch(address).then(answer => answer.ok ? answer.text() : Promise.reject())
      .then(text => new DOMParser().parseFromString(text, "text/html")));
  }
  return pages.get(address);
};

// A heading with what follows, any other target with its row or paragraph, a page with its lead.
const parts = (tree, id) => {
  const target = id && tree.getElementById(id);
  if (!target) return [...tree.querySelectorAll("article h1, article .ed-lead, .ed-page--source .ed-facts dl")];
  if (!/^H\d$/.test(target.tagName)) return [target.closest("tr, li, p") ?? target];
  const found = [target];
  for (let next = target.nextElementSibling; next && !/^H\d$/.test(next.tagName); next = next.nextElementSibling) {
    if (!next.matches(".ed-resting")) found.push(next);
  }
  return found;
};

const content = async element => {
  if (element.matches("abbr")) return [element.title];
  const { origin, pathname, hash } = element;
  return parts(await page(origin + pathname), decodeURIComponent(hash.slice(1))).map(part => {
    const copy = document.createElement(part.matches("dl") ? "dl" : "p");
    const from = part.matches("tr") ? part.lastElementChild : part;
    copy.append(...[...from.childNodes].map(node => document.importNode(node, true)));
    copy.classList.toggle("ed-preview__title", part.matches("h1, h2, h3"));
    copy.querySelectorAll(".headerlink, .ed-paper").forEach(link => link.remove());
    copy.querySelectorAll("a, abbr").forEach(link => link.replaceWith(...link.childNodes));
    copy.querySelectorAll("[id], [tabindex]").forEach(inner => { inner.removeAttribute("id"); inner.removeAttribute("tabindex"); });
    return copy;
  });
};

const hide = () => {
  clearTimeout(timer);
  if (!host) return;
  if (host.dataset.title) host.title = host.dataset.title;
  delete host.dataset.title;
  host.removeAttribute("aria-describedby");
  if (box.matches(":popover-open")) box.hidePopover();
  host = undefined;
};

const show = async element => {
  hide();
  host = element;
  const shown = await content(element).catch(() => []);
  if (host !== element || !shown.length) return;
  if (element.title) { element.dataset.title = element.title; element.removeAttribute("title"); }
  box.replaceChildren(...shown);
  document.querySelector("article").append(box);
  box.showPopover();
  const at = element.getClientRects()[0], size = box.getBoundingClientRect();
  const below = at.bottom + 8 + size.height < innerHeight || at.top < size.height + 8;
  box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`;
  box.style.top = `${below ? at.bottom + 8 : at.top - size.height - 8}px`;
  element.setAttribute("aria-describedby", box.id);
};

const soon = (action, wait = 300) => { clearTimeout(timer); timer = setTimeout(action, wait); };

const over = ({ pointerType, target }) => {
  if (pointerType !== "mouse") return;
  const element = find(target);
  if (box.contains(target) || (element && element === host)) clearTimeout(timer);
  else if (element) { pointed = true; soon(() => show(element)); }
  else if (pointed) soon(hide);  // Not what keys opened: a page that scrolls moves below a mouse at rest.
};
const focused = ({ target }) => {
  if (!target.matches?.("article abbr[title]")) return;
  pointed = false;
  soon(() => show(target), 150);
};

// `first` is what was met before this was loaded.
export function start(first) {
  document.addEventListener("pointerover", over);
  document.addEventListener("focusin", focused);
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", ({ key, target, ctrlKey, metaKey, altKey }) => {
    if (key === "Escape") hide();
    if (key === "i" && !ctrlKey && !metaKey && !altKey && find(target)) show(find(target));
  });
  document.addEventListener("click", ({ target }) => { if (!target.closest?.("abbr")) hide(); });
  addEventListener("scroll", () => { if (box.matches(":popover-open")) hide(); }, { passive: true });
  if (first.matches(":hover")) over({ pointerType: "mouse", target: first });
  if (first.matches(":focus")) focused({ target: first });
}
