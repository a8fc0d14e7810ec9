// Filters and sorts the tables of a page. The state stands in the address, so that a view can be linked.
// Loaded by the pages that have such tables; rows are touched only once someone asks.
(() => {
  const article = document.querySelector("article");
  const groups = [];
  for (const element of article.querySelectorAll(".ed-filter, .ed-filter ~ div:not(.ed-persons) > .ed-table")) {
    if (element.matches("form")) groups.push({ form: element, tables: [] });
    else groups.at(-1).tables.push(element);
  }
  const state = new URLSearchParams(location.search);

  const keep = (key, value) => {
    if (value) state.set(key, value);
    else state.delete(key);
    history.replaceState(history.state, "", `${location.pathname}${state.size ? `?${state}` : ""}${location.hash}`);
  };

  const has = (row, name, value) => [row, ...row.querySelectorAll(`[data-${name}]`)]
    .some(each => each.getAttribute(`data-${name}`)?.split(" ").includes(value));

  const apply = ({ form, tables }) => {
    const selects = [...form.querySelectorAll("select")];
    const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0, all = 0;
    for (const table of tables) {
      let here = 0;
      for (const row of table.tBodies[0].rows) {
        row.hidden = selects.some(({ name, value }) => value && !has(row, name, value)) ||
          words.some(word => !row.textContent.toLowerCase().includes(word));
        here += !row.hidden;
        all++;
      }
      shown += here;
      const block = table.parentElement, heading = block.previousElementSibling;
      block.hidden = !here;
      if (heading?.matches("h2, h3")) heading.hidden = !here;
    }
    const unknown = selects.filter(({ name, value }) => state.get(name) && !value)
      .map(({ name }) => `“${state.get(name)}” is not among the values of ${name}, so it is left aside. `);
    form.querySelector("[role=status]").textContent = unknown.join("") +
      (shown === all ? `Showing all ${all} rows.` : shown ? `Showing ${shown} of ${all} rows.` : `None of ${all} rows has all of this.`);
    form.querySelector("[type=reset]").hidden = shown === all;
  };

  for (const group of groups) {
    for (const select of group.form.querySelectorAll("select")) {
      select.value = state.get(select.name) ?? "";
      if (select.selectedIndex < 0) select.value = "";
      select.addEventListener("change", () => { keep(select.name, select.value); apply(group); });
    }
    group.form.elements.text.value = state.get("text") ?? "";
    group.form.elements.text.addEventListener("input", event => { keep("text", event.target.value); apply(group); });
    group.form.addEventListener("reset", () => {
      for (const { name } of group.form.querySelectorAll("[name]")) keep(name, "");
      // The fields are empty once the event is over.
      setTimeout(() => apply(group));
    });
    group.form.addEventListener("submit", event => event.preventDefault());
    if (state.size) apply(group);
  }

  const text = (row, column) => {
    const cell = row.cells[column];
    return cell.querySelector("[data-sort]")?.dataset.sort ?? cell.textContent.trim();
  };

  for (const table of article.querySelectorAll(".ed-index > .ed-table")) {
    const heads = [...table.tHead.rows[0].cells];
    const sort = (column, back) => {
      const rows = [...table.tBodies[0].rows];
      // What has no value, such as a source without date, comes last either way.
      rows.sort((a, b) => !text(a, column) - !text(b, column) ||
        text(a, column).localeCompare(text(b, column), "en", { numeric: true }) * (back ? -1 : 1));
      table.tBodies[0].append(...rows);
      heads.forEach((head, number) => {
        if (number === column) head.setAttribute("aria-sort", back ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
    };
    heads.forEach((head, column) => {
      const name = head.textContent.toLowerCase().replaceAll(" ", "-");
      const button = document.createElement("button");
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const back = head.getAttribute("aria-sort") === "ascending";
        sort(column, back);
        keep("sort", (back ? "-" : "") + name);
      });
      if (state.get("sort")?.replace("-", "") === name.replace("-", "")) sort(column, state.get("sort").startsWith("-"));
    });
  }
})();
