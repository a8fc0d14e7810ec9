// On the page for addresses that do not exist: links the pages whose addresses are nearest.
(async () => {
  const answer = await fetch(new URL("sitemap.xml", document.querySelector(".ed-brand").href));
  if (!answer.ok) return;
  const tree = new DOMParser().parseFromString(await answer.text(), "text/xml");
  const found = [...tree.querySelectorAll("loc")].map(({ textContent }) => new URL(textContent).pathname);
  const root = found.reduce((a, b) => a.length < b.length ? a : b);
  const home = new URL(document.querySelector(".ed-brand").href).pathname;
  const wanted = decodeURIComponent(location.pathname.slice(home.length)).replace(/\/?$/, "/");

  const distance = (a, b) => {
    let above = [...Array(b.length + 1).keys()];
    [...a].forEach((letter, row) => {
      const line = [row + 1];
      [...b].forEach((other, column) => {
        line.push(Math.min(line[column] + 1, above[column + 1] + 1, above[column] + (letter !== other)));
      });
      above = line;
    });
    return above.at(-1);
  };

  const name = path => path.split("/").at(-2);
  const near = found.map(path => path.slice(root.length)).filter(Boolean)
    .map(path => [Math.min(distance(wanted, path), distance(name(`/${wanted}`), name(`/${path}`))), path])
    .filter(([far, path]) => far <= name(`/${path}`).length / 3)
    .sort(([a], [b]) => a - b).slice(0, 3);
  if (!near.length) return;
  const line = document.querySelector(".ed-nearest");
  line.append("Nearest addresses: ");
  near.forEach(([, path], number) => {
    const link = Object.assign(document.createElement("a"), { href: home + path, textContent: path });
    line.append(number ? ", " : "", link);
  });
})();
