// Copies the address of a heading when its permalink is used, and says so.
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
})();
