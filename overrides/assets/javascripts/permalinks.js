// Copies the address of a heading when its permalink is used, and says so; tells a report of an error the section.
(() => {
  const status = document.createElement("p");
  status.className = "ed-status";
  status.setAttribute("role", "status");
  document.body.append(status);
  document.addEventListener("click", async ({ target }) => {
    const link = target.closest?.(".headerlink");
    if (!link || !navigator.clipboard) return;
    await navigator.clipboard.writeText(link.href);
    status.textContent = "The address of this section is copied.";
    setTimeout(() => { status.textContent = ""; }, 3000);
  });
  // A middle click, which opens a tab, is no "click".
  for (const kind of ["click", "auxclick"]) document.addEventListener(kind, ({ target }) => {
    const link = target.closest?.(".ed-report");
    if (!link?.search) return;
    const url = new URL(link.href);
    url.searchParams.delete("section");
    if (location.hash) url.searchParams.set("section", location.hash);
    link.href = url;
  });
})();
