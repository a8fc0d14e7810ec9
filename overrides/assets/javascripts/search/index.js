// What is found for a query: names at once, the text once it is there. Nothing here touches the page.
import { isStop, near, sounds, stem, words } from "./fold.js";

// What a word counts by where it stands: in a title, another name, a subject, a heading; whole, begun, begun at a later word.
const WHOLE = [9, 8, 6, 4], BEGUN = [5, 4, 2, 1.5], LATER = [3, 3, 1, 1];
const HEADING = 3;
// How much the text of a page counts: entries before the glossary before the article before sources.
const TEXT = { concepts: 0.8, article: 0.6, about: 0.6, data: 0.6, timeline: 0.5, sources: 0.25 };
// The same for their names: what bears a name comes before a term of the glossary that explains it.
const NAMES = { concepts: 0.9, home: 0.3, sources: 0.6 };

export class Index {
  // `names` is names.json, as edition/exports/search.py describes it.
  constructor({ sections, pages }) {
    this.places = [];
    this.forms = [];
    this.postings = new Map();
    this.vocabulary = new Map();
    this.pages = pages.map(([url, title, named = [], date = "", headings = []]) => {
      const folder = url.split("/")[0] || "home", page = { url, title, folder, kind: sections[folder], date, places: [] };
      const place = (id, title, named, own) => {
        const place = { page, id, title, url: id ? `${url}#${id}` : url, length: 1, text: "" };
        // A term of the glossary stands by itself, as a page does.
        place.unit = named.some(([, kind]) => kind === 1) || !own ? place : page.places[0];
        page.places.push(place);
        this.places.push(place);
        this.forms.push({ place, text: title, kind: own ? HEADING : 0, share: NAMES[folder] });
        if (folder === "sources") this.forms.push({ place, text: title.split(/,| via | \d{4}/)[0], kind: 2 });
        for (const [text, kind, lang] of named) this.forms.push({ place, text, kind, lang, share: NAMES[folder] });
      };
      place("", title, named, false);
      for (const [id, title, named = []] of headings) place(id || slug(title), title, named, true);
      return page;
    });
    for (const form of this.forms) {
      form.parts = words(form.text);
      form.keys = form.parts.join("");
    }
    const rests = this.forms.flatMap(form => form.parts.map((_, at) => ({ form, at, parts: form.parts.slice(at) })));
    const heard = rests.filter(({ form }) => form.kind < 2);
    sounds(heard.map(({ parts }) => parts)).forEach((sound, at) => { heard[at].sound = sound; });
    for (const rest of rests) rest.keys = rest.parts.join("");
    this.byKeys = grouped(rests, "keys");
    this.bySound = grouped(heard, "sound");
    for (const form of this.forms) this.add(form.place, form.parts, form.kind === HEADING ? 2 : 0);
  }

  // `texts` is a file of texts: by address that of the lead, of each heading, and words beside them.
  addText(texts) {
    for (const page of this.pages) {
      const parts = texts[page.url];
      if (!parts) continue;
      page.places.forEach((place, at) => {
        place.text = parts[at];
        const found = words(parts[at]);
        place.length += found.length;
        this.add(place, found, at ? 1 : 1.5);
      });
      this.add(page.places[0], words(parts.at(-1)), 0.5);
    }
    this.average = this.places.reduce((sum, { length }) => sum + length, 0) / this.places.length;
  }

  add(place, found, weight) {
    for (const word of found) {
      let root = this.vocabulary.get(word);
      if (!root) this.vocabulary.set(word, root = stem(word));
      let places = this.postings.get(root);
      if (!places) this.postings.set(root, places = new Map());
      places.set(place, (places.get(place) ?? 0) + weight);
    }
  }

  // What words, read as one, can name: place → [rank, form].
  named(parts, half) {
    const found = new Map(), keys = parts.join(""), [sound] = sounds([parts]);
    const look = (rests, key, wanted, share) => {
      for (const rest of rests.get(wanted[0]) ?? []) {
        if (!rest[key].startsWith(wanted)) continue;
        const { form, at } = rest, ranks = at ? LATER : rest[key] === wanted ? WHOLE : BEGUN;
        const part = wanted.length / rest[key].length;
        const rank = share * ranks[form.kind] * (half ? 0.4 + 0.6 * part : part) * (form.share ?? 1);
        if (!(found.get(form.place)?.[0] >= rank)) found.set(form.place, [rank, form]);
      }
    };
    look(this.byKeys, "keys", keys, 1);
    if (sound.length > 2) look(this.bySound, "sound", sound, 0.8);
    if (/^[ㄱ-ㅣ]{4,}$|^\p{sc=Han}{2,}$/u.test(keys)) {
      for (const form of this.forms) if (form.keys.includes(keys) && !found.has(form.place)) found.set(form.place, [2, form]);
    }
    return found;
  }

  // Roots in the text that a word may mean, each with its share.
  roots(word, half) {
    const found = new Map();
    if (this.postings.has(stem(word))) found.set(stem(word), 1);
    if (half && word.length > 1) {
      for (const [other, root] of this.vocabulary) if (other.startsWith(word) && !found.has(root)) found.set(root, 0.6);
    }
    for (let at = 3; !found.size && at < word.length - 2; at++) {
      const parts = [word.slice(0, at), word.slice(at)], roots = parts.map(stem);
      if (!roots.every(root => this.postings.has(root))) continue;
      const apart = new RegExp(`\\b${parts.join("[ -]")}`, "iu");
      if (this.places.some(({ title, text }) => apart.test(`${title} ${text}`))) for (const root of roots) found.set(root, 0.6);
    }
    return found;
  }

  // Words of names a slip away, two in words of eight letters or more; else words of the text, one.
  slips(word) {
    const limit = word.length < 4 || word.length > 40 ? 0 : word.length < 8 ? 1 : 2;
    const alike = (list, limit) => limit ? [...new Set(list)].filter(other => near(word, other, limit)) : [];
    const names = this.forms.filter(({ kind }) => kind !== HEADING);
    const found = alike(names.flatMap(({ parts, keys }) => [...parts, keys]), limit);
    return found.length ? found : alike(this.vocabulary.keys(), Math.min(limit, 1));
  }

  // Results, the best first, one a page: place, up to three more places, the forms that were named, words found.
  search(query) {
    const parts = words(query.slice(0, 300)).slice(0, 16);
    const half = /[\p{L}\p{N}]$/u.test(query);
    let { results, unknown } = this.ranked(parts, half);
    const mended = parts.map((part, at) => unknown.has(at) ? this.slips(part)[0] ?? part : part);
    if (mended.some((part, at) => part !== parts[at])) ({ results } = this.ranked(mended, half));
    for (const [, quoted] of query.matchAll(/["“”]([^"“”]+)["“”]/g)) {
      const phrase = words(quoted).join(" ");
      results = results.filter(({ page }) => this.holds(page, phrase));
    }
    return results;
  }

  // Whether a phrase stands in a page between two signs, or in one of its names.
  holds(page, phrase) {
    const said = ({ title, text }) => `${title}\n${text}`.split(/[.,:;()\n]/)
      .some(part => ` ${words(part).join(" ")} `.includes(` ${phrase} `));
    return page.places.some(said)
      || this.forms.some(form => form.place.page === page && form.parts.join(" ").includes(phrase));
  }

  // Pages whose names begin alike, where nothing is found.
  alike(query) {
    const start = words(query)[0]?.slice(0, 3);
    return start ? [...new Set([...this.named([start], true).keys()].map(({ page }) => page))].slice(0, 3) : [];
  }

  ranked(parts, half) {
    const empty = parts.every(isStop), meaning = parts.map(part => empty || !isStop(part));
    const hits = parts.map(() => new Map()), forms = new Map(), unknown = new Set();
    // By name: the longest run of words that a place is named by, from each word on.
    const whole = parts.length, bonus = new Map();
    const spans = parts.map((_, from) => parts.slice(from, from + 5).map((_, to) => from + to + 1)
      .map(end => this.named(parts.slice(from, end), half && end === whole)));
    const places = new Set(spans.flat().flatMap(span => [...span.keys()]));
    for (const place of places) {
      for (let at = 0, length; at < parts.length; at += length || 1) {
        length = spans[at].findLastIndex(span => span.has(place)) + 1;
        if (!length) continue;
        const [rank, form] = spans[at][length - 1].get(place);
        if (!meaning.slice(at, at + length).some(Boolean)) continue;
        const value = length < whole ? Math.min(rank, 5) : rank;
        if (length === whole && rank > 5) bonus.set(place, rank);
        for (let each = at; each < at + length; each++) hits[each].set(place, value / 2);
        forms.set(place, [...forms.get(place) ?? [], form]);
      }
    }
    // By text.
    const said = parts.map(() => new Map());
    parts.forEach((part, at) => {
      if (!meaning[at]) return;
      for (const [root, share] of this.roots(part, half && at === parts.length - 1)) {
        for (const [place, times] of this.postings.get(root)) {
          const value = share * (times / (times + 0.4 + 0.8 * place.length / (this.average ?? 100)));
          if (value > (said[at].get(place) ?? 0)) said[at].set(place, value);
        }
      }
      if (!said[at].size && !hits[at].size) unknown.add(at);
    });
    // Rare words weigh more. Sources are many and short.
    const weigh = pages => [...pages].reduce((sum, { folder }) => sum + (folder === "sources" ? 0.1 : 1), 0);
    const all = weigh(this.pages);
    const rare = parts.map((_, at) => {
      const pages = new Set([...hits[at].keys(), ...said[at].keys()].map(({ page }) => page));
      return meaning[at] ? Math.max(0.1, Math.log((all + 1) / (0.5 + weigh(pages)))) : 0.05;
    });
    const best = new Map();
    const touched = new Set([...hits, ...said].flatMap(map => [...map.keys()]));
    const units = new Map();
    for (const place of touched) units.set(place.unit, [...units.get(place.unit) ?? [], place]);
    for (const [unit, own] of units) {
      let score = 0;
      const share = TEXT[unit.page.folder] ?? 1;
      const scored = own.map(place => {
        const sum = parts.reduce((sum, _, at) => sum + rare[at] * ((hits[at].get(place) ?? 0) + share * (said[at].get(place) ?? 0)), 0);
        return { place, score: sum };
      }).sort((a, b) => b.score - a.score);
      parts.forEach((_, at) => {
        const values = own.map(place => said[at].get(place) ?? 0), most = Math.max(...values);
        const rest = values.reduce((sum, value) => sum + value, -most);
        const name = Math.max(...own.map(place => hits[at].get(place) ?? 0));
        score += rare[at] * (name + share * (most + 0.2 * Math.min(rest, 2)));
      });
      score += 0.6 * scored[0].score + Math.max(0, ...own.map(place => bonus.get(place) ?? 0));
      const result = best.get(unit.page);
      if (!result || result.score < score) best.set(unit.page, { page: unit.page, score, scored: [...scored, ...result?.scored ?? []] });
      else result.scored.push(...scored);
    }
    const results = [...best.values()].sort((a, b) => b.score - a.score).map(({ page, score, scored }) => {
      return { page, score, place: scored[0].place, more: scored.slice(1, 4).map(({ place }) => place), forms: forms.get(scored[0].place) ?? [] };
    });
    return { results, unknown };
  }
}

// As in edition/text.py: ids of headings that follow from their titles are left out of the file.
const slug = title => title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

function grouped(rests, key) {
  const groups = new Map();
  for (const rest of rests) {
    const group = groups.get(rest[key][0]);
    if (group) group.push(rest);
    else groups.set(rest[key][0], [rest]);
  }
  return groups;
}
