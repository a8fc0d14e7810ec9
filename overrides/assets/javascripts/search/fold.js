// Folds words so that spellings of one word are the same: by keystroke, by sound, by word form.

// Letters of Hangul syllables in the order of Unicode; what takes two keys to type stands as both.
const LETTERS = [
  [0x1100, "ㄱ ㄲ ㄴ ㄷ ㄸ ㄹ ㅁ ㅂ ㅃ ㅅ ㅆ ㅇ ㅈ ㅉ ㅊ ㅋ ㅌ ㅍ ㅎ"],
  [0x1161, "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ"],
  [0x11a8, "ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ"],
];
const KEYS = new Map(LETTERS.flatMap(([first, list]) =>
  list.split(" ").map((keys, at) => [String.fromCharCode(first + at), keys])));

// What sounds alike in McCune–Reischauer (1939), Revised Romanization (2000), the North's own and the press, in order.
// "_" stands before each word. Both alphabets end as Latin letters, so that 은별 and Eunbyeol are the same.
const SOUNDS = [
  // Silent ㅇ; consonants that end a syllable as t.
  [/ㅇ(?=[ㅏ-ㅣ])/g, ""], [/[ㄷㅅㅆㅈㅊㅌ](?![ㅏ-ㅣ])/g, "t"],
  // Plain, tense, aspirated and voiced consonants are one.
  [/sh|[ㅅㅆ]/g, "s"], [/tch|ch|[jㅈㅉㅊ]/g, "c"], [/([ckprt])h/g, "$1"],
  [/[gㄱㄲㅋ]/g, "k"], [/[dㄷㄸㅌ]/g, "t"], [/[bㅂㅃㅍ]/g, "p"], [/[lㄹ]/g, "r"],
  [/ㄴ/g, "n"], [/ㅁ/g, "m"], [/ㅇ/g, "nk"], [/ㅎ/g, "h"],
  // The North writes r and n at the beginning of words where the South does not.
  [/_[nr](?=[yㅑㅒㅕㅖㅛㅠ])/g, ""], [/_r(?=i|ee|ㅣ)/g, ""], [/_r/g, ""], [/_/g, ""],
  // Vowels.
  [/[wㅗㅜㅓㅡ]/g, "o"], [/ㅏ/g, "a"], [/ㅑ/g, "ya"], [/[ㅕㅛㅠ]/g, "yo"], [/[ㅒㅖ]/g, "ye"],
  [/[ㅐㅔ]|a[ei]/g, "e"], [/ㅣ/g, "i"], [/(e?[ou])+/g, "o"], [/oe/g, "oi"], [/[ey]i|ee/g, "i"], [/(.)\1+/g, "$1"],
  // Consonants that meet.
  [/nk+/g, "ŋ"], [/([mnŋ])[nr](?=y)/g, "$1"], [/[kŋ]r/g, "ŋn"], [/[pm]r/g, "mn"], [/k(?=[mn])/g, "ŋ"],
  [/p(?=[mn])/g, "m"], [/t(?=[mn])/g, "n"], [/nr|rn/g, "r"], [/(.)\1+/g, "$1"],
];

// Endings of English word forms, in order; at least three letters stay. "hackers" and "hacking" are "hack".
const ENDINGS = [
  [/z/g, "s"], [/ies$/, "y"], [/tre$/, "ter"], [/mme$/, "m"], [/(?<=[ei]a)ns?$/, ""], [/(?<=..[^isu])s$/, ""],
  [/(?<=...)(?:ing|ed|er|or|ly|ment|ial|(?<=ion)al|e)+$/, ""], [/mm$/, "m"],
  [/(?<=...)(?:isation|ition|ation|ion|ativ|iv|is|at|acy)$/, ""],
];

// Words that say nothing by themselves.
const STOP = new Set(`a about all an and any are as at be been being but by can could did do does doing for from get gets give
  had has have having he her his how i if in into is it its just me my no not of on or our she should so some
  still tell than that the their them then there they this those to was we were what when where which who whom whose why
  will with would you your`.split(/\s+/));

// Words as they are typed, so that a half-typed syllable begins the whole: 은ㅂ begins 은별. Digits stand apart: GPT4.
export const words = text => text.normalize("NFKD").replace(/\p{M}|['’‘ʼ`]/gu, "").toLowerCase()
  .replace(/[ᄀ-ᇂ]/g, letter => KEYS.get(letter) ?? "").match(/\p{L}+|\p{N}+/gu) ?? [];

// Takes several lists of words as one text, since a pass of all rules over each would take long.
export const sounds = lists => SOUNDS.reduce((text, [from, to]) => text.replace(from, to),
  lists.map(parts => `_${parts.join("_")}`).join("\n")).split("\n");

export const stem = word => /^[a-z]{4,}$/.test(word) ? ENDINGS.reduce((text, [from, to]) => text.replace(from, to), word) : word;

export const isStop = word => STOP.has(word);

// Whether words are at most so many slips apart: a letter more, less, other, or two changed round.
// Damerau, "A technique for computer detection and correction of spelling errors" (1964).
export function near(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit) return false;
  let before, last, row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    [before, last, row] = [last, row, [i]];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > limit) return false;
  }
  return row[b.length] <= limit;
}
