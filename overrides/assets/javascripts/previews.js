// Shows where a link leads and what a term means: on hover, on focus and, for terms, on touch. Escape closes.
// Listens on the document, so it needs no start on pages that instant navigation brings.
(() => {
  const base = new URL(JSON.parse(document.getElementById("__config").textContent).base, location.href).href;
  const pages = new Map();
  const box = document.createElement("div");
  Object.assign(box, { id: "ed-preview", className: "ed-preview md-typeset", popover: "manual" });
  box.setAttribute("role", "tooltip");
  let host, timer;

  const find = element => {
    const found = element.closest?.("article abbr[title], article a[href]:not(.headerlink)");
    if (!found || found.matches("abbr")) return found;
    const inside = found.href.startsWith(base.replace(/\/?$/, "/")) && !/\.\w+$/.test(found.pathname);
    return inside && found.pathname !== location.pathname ? found : null;
  };

  const page = address => {
    if (!pages.has(address)) {
      pages.set(address, fetch(address).then(answer => answer.ok ? answer.text() : Promise.reject())
        .then(text => new DOMParser().parseFromString(text, "text/html")));
    }
    return pages.get(address);
  };

  // A heading with what stands below it; any other target with its row or paragraph; a page with its lead.
  const parts = (tree, id) => {
    const target = id && tree.getElementById(id);
    if (!target) return [...tree.querySelectorAll("article h1, article .ed-lead, .ed-caution, .ed-page--source .ed-facts dl")];
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
      const copy = document.createElement(part.matches("tr, h1, h2, h3") ? "p" : part.localName);
      copy.innerHTML = part.matches("tr") ? part.lastElementChild.innerHTML : part.innerHTML;
      copy.classList.toggle("ed-preview__title", part.matches("h1, h2, h3"));
      copy.querySelectorAll(".headerlink").forEach(link => link.remove());
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

  document.addEventListener("pointerover", event => {
    if (event.pointerType !== "mouse") return;
    const element = find(event.target);
    if (box.contains(event.target) || (element && element === host)) clearTimeout(timer);
    else if (element) soon(() => show(element));
    else soon(hide);
  });
  document.addEventListener("focusin", ({ target }) => {
    const element = find(target);
    if (element && (target.matches("abbr") || target.matches(":focus-visible"))) soon(() => show(element), 150);
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") hide(); });
  document.addEventListener("click", ({ target }) => { if (!target.closest?.("abbr")) hide(); });
  // A focus that is not in view scrolls the page before its preview opens; that one is kept.
  addEventListener("scroll", () => { if (box.matches(":popover-open")) hide(); }, { passive: true });
})();
