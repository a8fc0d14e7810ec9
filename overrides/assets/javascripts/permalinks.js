// Copies the address of a heading when its permalink is used, and says so; reports an error under the heading in the address.
(() => {
  const status = document.createElement("p");
  status.className = "ed-status";
  status.setAttribute("role", "status");
  document.body.append(status);
  document.addEventListener("click", async ({ target }) => {
    const report = target.closest?.(".ed-report");
    if (report && location.hash) {
      const url = new URL(report.href);
      url.searchParams.set("section", location.hash.slice(1));
      report.href = url;
    }
    const link = target.closest?.(".headerlink");
    if (!link || !navigator.clipboard) return;
    await navigator.clipboard.writeText(link.href);
    status.textContent = "The address of this section is copied.";
    setTimeout(() => { status.textContent = ""; }, 3000);
  });
})();
