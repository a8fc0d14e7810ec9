// Every page: before it is drawn, so that a chosen scheme shows at once. Each part stands alone; the page reads without any.
(() => {
  const root = document.documentElement;
  root.classList.add("js");

  const remembered = (...value) => {
    try {
      if (value.length) localStorage.setItem("scheme", value[0]);
      return localStorage.getItem("scheme");
    } catch { /* Storage is blocked: the system decides. */ }
  };
  const wanted = remembered();
  if (["light", "dark"].includes(wanted)) root.dataset.scheme = wanted;

  const parts = {
    scheme() {
      const button = document.querySelector(".ed-scheme");
      const system = matchMedia("(prefers-color-scheme: dark)");
      const dark = () => root.dataset.scheme ? root.dataset.scheme === "dark" : system.matches;
      const label = () => { button.title = `Switch to ${dark() ? "light" : "dark"}`; };
      button.addEventListener("click", () => {
        root.dataset.scheme = dark() ? "light" : "dark";
        remembered(root.dataset.scheme);
        label();
      });
      system.addEventListener("change", label);
      label();
    },

    // Marks the section in view: the one asked for, else the last whose heading is in the upper third of the window. Near
    // the end of the page, where headings cannot come up so far, the limit moves down.
    contents() {
      const nav = document.getElementById("contents");
      if (!nav) return;
      const links = [...nav.querySelectorAll("a")];
      const heads = links.map(link => document.getElementById(decodeURIComponent(link.hash.slice(1))));
      let waiting;
      const mark = () => {
        waiting = false;
        const tops = heads.map(head => head?.getBoundingClientRect().top);
        const limit = Math.max(innerHeight / 3, 2 * innerHeight + scrollY - root.scrollHeight);
        const asked = links.findIndex(link => link.hash === location.hash);
        const at = tops[asked] >= 0 && tops[asked] < limit ? asked : tops.findLastIndex(top => top < limit);
        links.forEach((link, number) => {
          if (number === at) link.setAttribute("aria-current", "true");
          else link.removeAttribute("aria-current");
        });
      };
      addEventListener("scroll", () => {
        if (!waiting) waiting = requestAnimationFrame(mark);
      }, { passive: true });
      if (scrollY) mark();
      // On narrow screens the list is a sheet over the page.
      nav.addEventListener("click", ({ target }) => {
        if (target.closest("a") && nav.matches(":popover-open")) nav.hidePopover();
      });
    },

    // Copies the address of a heading.
    permalinks() {
      const status = Object.assign(document.createElement("p"), { className: "ed-status", role: "status" });
      document.body.append(status);
      document.addEventListener("click", async ({ target }) => {
        const link = target.closest?.(".headerlink");
        if (!link || !navigator.clipboard) return;
        await navigator.clipboard.writeText(link.href).catch(() => {});
        status.textContent = "The address of this section is copied.";
        setTimeout(() => { status.textContent = ""; }, 3000);
      });
    },

    // Tells a report of an error the section. A middle click, which opens a tab, is no "click".
    reports() {
      for (const kind of ["click", "auxclick"]) document.addEventListener(kind, ({ target }) => {
        const link = target.closest?.(".ed-report");
        if (!link?.search || !location.hash) return;
        const url = new URL(link.href);
        url.searchParams.set("section", location.hash);
        link.href = url;
      });
    },

    previews() {
      const load = ({ target }) => {
        if (!target.closest?.("article :is(a[href], abbr)")) return;
        for (const kind of kinds) document.removeEventListener(kind, load);
        import("./previews.js").then(({ start }) => start(target)).catch(() => {});
      };
      const kinds = ["pointerover", "focusin"];
      for (const kind of kinds) document.addEventListener(kind, load);
    },

    // Loaded at the first sign of intent: the field is met, a key, an address with a query.
    search() {
      const field = document.querySelector(".ed-search input");
      if (!field) return;
      let loaded;
      const load = () => loaded ??= import("./search.js").then(({ start }) => start(field)).catch(() => { loaded = undefined; });
      for (const kind of ["pointerover", "focus"]) field.addEventListener(kind, load);
      document.addEventListener("keydown", event => {
        if (!["/", "s"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.target.closest?.("input, select, textarea, [contenteditable]")) return;
        event.preventDefault();
        field.focus();
      });
      const ask = text => {
        field.value = text;
        field.focus();
        load().then(() => field.dispatchEvent(new Event("input")));
      };
      for (const form of document.querySelectorAll(".ed-search, .ed-ask")) form.addEventListener("submit", event => {
        event.preventDefault();
        if (form.matches(".ed-ask")) ask(form.elements.q.value);
      });
      const query = new URLSearchParams(location.search).get("q");
      if (query) ask(query);
    },
  };
  addEventListener("DOMContentLoaded", () => {
    for (const start of Object.values(parts)) {
      try { start(); } catch { /* An old browser lacks something. */ }
    }
  });
})();
