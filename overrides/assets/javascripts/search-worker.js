// Search in any spelling: names by keystroke and sound, the text by Material's worker.

// Korean letters by Unicode's number of the first, compound ones as they are typed.
const KEYS = {};
for (const [first, list] of [
  [0x1100, "ㄱ ㄲ ㄴ ㄷ ㄸ ㄹ ㅁ ㅂ ㅃ ㅅ ㅆ ㅇ ㅈ ㅉ ㅊ ㅋ ㅌ ㅍ ㅎ"],
  [0x1161, "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ"],
  [0x11a8, "ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ"],
]) list.split(" ").forEach((keys, at) => KEYS[String.fromCharCode(first + at)] = keys);

// What sounds alike in McCune–Reischauer (1939), Revised Romanization (2000), North and press; _ begins a word.
const SOUNDS = `ㅇ(?=[ㅏ-ㅣ])→ [ㄷㅅㅆㅈㅊㅌ](?![ㅏ-ㅣ])→t
  sh|[ㅅㅆ]→s tch|ch|[jㅈㅉㅊ]→c ([ckprt])h→$1 [gㄱㄲㅋ]→k [dㄷㄸㅌ]→t [bㅂㅃㅍ]→p [lㄹ]→r ㄴ→n ㅁ→m ㅇ→nk ㅎ→h
  _[nr](?=[yㅑㅒㅕㅖㅛㅠ])|_r(?=i|ee|ㅣ)→ _r→n _→
  [wㅗㅜㅓㅡ]→o ㅏ→a ㅑ→ya [ㅕㅛㅠ]→yo [ㅒㅖ]→ye [ㅐㅔ]|a[ei]→e ㅣ→i (e?[ou])+→o oe→oi [ey]i|ee→i (.)\\1+→$1
  nk+→ŋ ([mnŋ])[nr](?=y)→$1 [kŋ]r→ŋn [pm]r→mn k(?=[mn])→ŋ p(?=[mn])→m t(?=[mn])→n nr|rn→r (.)\\1+→$1`
  .split(/\s+/).map(rule => rule.split("→")).map(([from, to]) => [RegExp(from, "g"), to]);

// Words as typed: a half-typed one begins the whole.
const words = text => text.normalize("NFKD").replace(/\p{M}|['’‘ʼ`]/gu, "").toLowerCase()
  .replace(/[ᄀ-ᇂ]/g, letter => KEYS[letter] ?? "").split(/[^\p{L}\p{N}]+/u).filter(Boolean);
const sound = parts => SOUNDS.reduce((text, [from, to]) => text.replace(from, to), `_${parts.join("_")}`);
const bare = html => html.replace(/<[^>]*>|&\w+;/g, " ");
const page = location => location.split("#")[0];
const inside = place => ({ location }) => location === place || page(location) === place;
const post = postMessage;
let data, docs, forms, begin, tokens, korean, names, all, ask, started, latest;

async function start() {
  let stock;
  self.addEventListener = (_, handler) => stock = handler;
  importScripts(new URL("../../search/stock.js", location));
  ask = data => new Promise(done => {
    self.postMessage = done;
    stock({ data });
  });
  await ask({ type: 0, data });
  const named = await fetch(new URL("../../names.json", location)).then(answer => answer.json());
  docs = new Map(data.docs.map(doc => [doc.location, doc]));
  forms = [...data.docs.filter(({ location }) => location === page(location)).map(({ location, title }) => [location, title]), ...named]
    .map(([location, text, kind, lang]) => {
      const parts = words(bare(text)), rest = join => parts.map((_, at) => join(parts.slice(at)));
      if (text === docs.get(location).title) kind = 0;
      return { location, kind, text, lang, parts, keys: rest(parts => parts.join("")), sounds: rest(sound) };
    });
  begin = ["keys", "sounds"].map(how =>
    Map.groupBy(forms.flatMap(form => form[how].map((text, at) => [text, form, at])), ([text]) => text[0]));
}

const vocabulary = () => tokens ??= new Map(data.docs.flatMap(({ title, text }) => bare(`${title} ${text}`).toLowerCase()
  .split(/[^\p{L}\p{N}]+/u)).map(token => [words(token)[0] ?? "", token]));

// Words of names, else of the text, a slip away: one in four to seven letters, two in more.
function near(...ways) {
  names ??= new Set(forms.flatMap(({ parts, keys, sounds }) => [...parts, ...keys, ...sounds]));
  all ??= lunr.TokenSet.fromArray([...new Set([...names, ...vocabulary().keys()])].sort());
  for (const limit of [1, 2]) {
    const found = ways.filter(word => word.length >= 4 * limit && word.length < 40)
      .flatMap(word => all.intersect(lunr.TokenSet.fromFuzzyString(word, limit)).toArray());
    const named = found.filter(word => names.has(word));
    if (found[0]) return (named[0] ? named : found).slice(0, 4);
  }
  return [];
}

// By title, other name, subject: whole, begun, begun at a later word.
const RANKS = [[9, 8, 6], [5, 4, 2], [3, 3, 1]];
// What words, read as one, can name: location → [rank, form].
function meant(parts) {
  const found = new Map(), keys = parts.join(""), heard = sound(parts);
  const add = (rank, form) => {
    if (!(found.get(form.location)?.[0] >= rank)) found.set(form.location, [rank, form]);
  };
  const look = (list, wanted, share) => {
    for (const [text, form, at] of list.get(wanted[0]) ?? []) {
      if (text.startsWith(wanted)) add(share * (RANKS[at ? 2 : +(text !== wanted)][form.kind] + wanted.length / text.length / 3), form);
    }
  };
  look(begin[0], keys, 1);
  if (heard[2]) look(begin[1], heard, 0.8);
  if (/^[ㄱ-ㅣ]{4,}$|^\p{sc=Han}{2,}$/u.test(keys)) {
    for (const form of forms) if (form.keys[0]?.includes(keys)) add(2, form);
  }
  return found;
}

// Pages and terms with every word, the longest run in a name, else in the text.
async function search(parts) {
  const spans = parts.map((_, from) => parts.slice(from, from + 5).map((_, to) => meant(parts.slice(from, from + to + 1))));
  const terms = parts.map(part => !part[1] || !lunr.stopWordFilter(part) ? [] : !/[ㄱ-ㅣ]/.test(part) ? [part]
    : (korean ??= [...vocabulary()].filter(([keys]) => /[ㄱ-ㅣ]/.test(keys)))
      .filter(([keys]) => keys.startsWith(part)).map(([, token]) => token).filter((token, at, all) => !all.some(other => other !== token && token.startsWith(other))));
  const query = terms.flat().join(" "), found = [];
  const groups = new Map(query ? (await ask({ type: 2, data: query })).data.items.map(items => [page(items[0].location), items]) : []);
  for (const location of new Set([...spans.flat().flatMap(span => [...span.keys()]), ...groups.keys()])) {
    const items = (groups.get(page(location)) ?? []).filter(inside(location));
    const hits = [];
    let rank = (items[0]?.score || 0) / 1e6 - (location.startsWith("sources/") && 0.05), length;
    for (let at = 0; at < parts.length; at += length || 1) {
      length = spans[at].findLastIndex(span => span.has(location)) + 1;
      const said = terms[at].some(term => items.some(item => item.terms[term]));
      if (length) {
        const [value, form] = spans[at][length - 1].get(location);
        hits.push(form);
        rank += length * (length < parts.length ? Math.min(value, 5) : value);
      } else if (said) rank += 0.1;
      else if (lunr.stopWordFilter(parts[at])) rank = -Infinity;
    }
    // A term stands for the glossary.
    if (rank > 0 && !found.some(each => page(each.location) === location)) found.push({ location, items, hits, rank });
  }
  return found;
}

// A result with its section and the names that matched, as spelt there.
function shown({ location, items, hits, rank }) {
  const score = rank * 1e3, scale = score * (hits[0] ? 0.9 : 1) / (items[0]?.score || 1);
  const parts = new Map(items.map(item => [item.location, { ...item, score: scale * (item.score || 0) }]));
  const add = (at, more) => parts.set(at, { ...docs.get(at), score: 0, terms: {}, ...parts.get(at), ...more });
  const { title, text } = docs.get(location);
  if (hits[0]) {
    const named = hits.filter(({ kind }) => kind === 1).map(({ text, lang }) =>
      `<mark lang="${lang}">${text}</mark>`).join(", ");
    add(location, {
      score,
      title: hits.some(({ kind }) => !kind) ? `<mark>${title}</mark>` : title,
      text: (named && `<p>Named ${named}</p>`) + text.replace(/(<\/p>).*/s, "$1"),
      terms: Object.fromEntries(hits.map(({ text, kind }) => [text, kind < 2])),
    });
  }
  add(page(location));
  const whole = parts.get(page(location)), section = docs.get(location.replace(/[^/]+\/$/, "")).title;
  if (section !== title) whole.title += ` <span class="ed-kind">${section}</span>`;
  return [...parts.values()].sort((a, b) => b.score - a.score);
}

async function answer(text, parts) {
  let found = await search(parts);
  for (const part of found[0] ? [] : parts) {
    if (parts[1] && (await search([part]))[0]) continue;
    for (const other of near(part, sound([part]))) {
      found.push(...await search(parts.map(each => each === part ? other : each)));
    }
  }
  for (const [, phrase] of text.matchAll(/["“”]([^"“”]+)["“”]/g)) {
    const holds = ({ title, text }) => bare(`${title}. ${text}`).split(/[.,:;()]/)
      .some(part => words(part).join(" ").includes(words(phrase).join(" ")));
    found = found.filter(({ location, hits }) => [...hits, ...data.docs.filter(inside(location))].some(holds));
  }
  const alike = found[0] ? [] : [...meant([parts[0].slice(0, 3)]).keys()].slice(0, 3);
  return { items: found.sort((a, b) => b.rank - a.rank).map(shown), alike: alike.map(at => [at, docs.get(at).title]) };
}

addEventListener("message", async event => {
  const { type, data: sent } = event.data;
  if (!type) {
    data = sent;
    return post({ type: 1 });
  }
  // While it starts, more is typed.
  latest = event;
  let found = { items: [] };
  const parts = words(sent.slice(0, 200)).slice(0, 8);
  try {
    if (parts[0]) await (started ??= start());
    if (latest !== event) return;
    if (parts[0]) found = await answer(sent, parts);
  } catch {
    found = (await ask(event.data)).data;
  }
  post({ type: 3, data: { ...found, query: sent } });
});
