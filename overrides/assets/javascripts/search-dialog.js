// What the search dialog does beside Material's own: hears text that comes without keys, and goes on where nothing is found.
(() => {
  const input = document.querySelector(".md-search__input");
  const status = document.querySelector(".md-search-result__meta");
  const list = document.querySelector(".md-search-result__list");
  const offer = document.querySelector(".ed-nothing");
  if (!offer) return;
  const base = new URL(JSON.parse(document.getElementById("__config").textContent).base, location.href);

  // Material listens to keys; an input method, a paste or a voice sends none.
  input.addEventListener("input", () => input.dispatchEvent(new Event("keyup")));

  // Enter that ends a syllable, or that has no result to go to, goes nowhere.
  input.addEventListener("keydown", event => {
    if (event.key !== "Enter" || !event.isComposing && list.children.length) return;
    event.stopPropagation();
    if (!event.isComposing) event.preventDefault();
  });

  let alike = [];
  const show = () => {
    status.parentElement.querySelector("nav")?.remove();
    if (list.children.length || !input.value.trim()) return;
    status.after(offer.content.cloneNode(true));
    if (alike[0] !== input.value || !alike[1].length) return;
    const line = status.nextElementSibling.querySelector("p");
    line.hidden = false;
    alike[1].forEach(([address, title], number) => {
      const link = document.createElement("a");
      Object.assign(link, { href: new URL(address, base), innerHTML: title, tabIndex: -1 });
      line.append(number ? ", " : " ", link);
    });
  };
  new MutationObserver(show).observe(status, { childList: true });
  // The search worker tells which names begin like the query.
  new BroadcastChannel("search").onmessage = ({ data }) => {
    alike = data;
    show();
  };
})();
