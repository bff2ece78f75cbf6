// The words of a page: no text stands in code. Elements name theirs with data-words (their text), data-words-label
// (aria-label), data-words-title, data-words-placeholder; scripts call words(key, values).
// <html data-words-also="admin"> loads /words/admin.LANG.json beside /words/LANG.json.

export const languages = ["en", "fr"];
const remembered = "poundkey.language";
const attributes = { label: "aria-label", title: "title", placeholder: "placeholder" };
const listeners = new Set();
let [chosen, table, plural] = ["en", {}, new Intl.PluralRules("en")];

/** The language of the page, as in `<html lang>`. */
export const language = () => chosen;

/** Whether there are words for this key (or for its plural forms). */
export const hasWords = (key) => key in table || `${key}.other` in table;

/**
 * The words for `key`, with each `{name}` replaced by `values.name`; numbers as the language writes them.
 * With `values.count`, `key.one` and `key.other` are the forms. A key without words is shown as it is.
 */
export function words(key, values = {}) {
  const form = key in table ? key : `${key}.${plural.select(Number(values.count ?? 0))}`;
  const text = table[form] ?? table[`${key}.other`] ?? key;
  return text.replace(/\{(\w+)\}/g, (all, name) => {
    const value = values[name];
    return value === undefined ? all : typeof value === "number" ? number(value) : String(value);
  });
}

/** `words` where there are some, else `other` (an id of the server's that the page has no words for). */
export const wordsOr = (key, other, values) => (hasWords(key) ? words(key, values) : other);

/** Fills in the words of an element and of all within it. */
export function dress(root = document) {
  for (const element of [root, ...root.querySelectorAll("*")]) {
    const keys = element.dataset;
    if (!keys) continue;
    if (keys.words) element.textContent = words(keys.words);
    for (const [name, attribute] of Object.entries(attributes)) {
      const key = keys[`words${name[0].toUpperCase()}${name.slice(1)}`];
      if (key) element.setAttribute(attribute, words(key));
    }
  }
}

/** Gives an element words that follow the language from now on, without values. */
export function name(element, key) {
  element.dataset.words = key;
  element.textContent = words(key);
  return element;
}

/** Calls `listener` at each change of language, after the page's own elements have their words. */
export const onLanguage = (listener) => listeners.add(listener);

/** Changes the language, now and for later visits. */
export async function speak(wanted) {
  store(wanted);
  await load(wanted);
  dress(document);
  for (const listener of listeners) listener(wanted);
}

export const number = (value, options) => new Intl.NumberFormat(chosen, options).format(value);
export const percent = (value) => number(value, { style: "percent", maximumFractionDigits: 1 });
/** A day and a time of day, of a Date, ISO text or ms since 1970. */
export const dateTime = (value, options = { dateStyle: "medium", timeStyle: "short" }) =>
  new Intl.DateTimeFormat(chosen, options).format(new Date(value));
export const date = (value) => dateTime(value, { dateStyle: "medium" });
/** Seconds with one decimal and their unit, of milliseconds. */
export const seconds = (ms, digits = 1) =>
  number(ms / 1000, { style: "unit", unit: "second", unitDisplay: "short", minimumFractionDigits: digits, maximumFractionDigits: digits });
/** Minutes and seconds as on a clock, of milliseconds: 1:05. */
export const clock = (ms) => {
  const whole = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};
export const list = (items) => new Intl.ListFormat(chosen, { type: "conjunction" }).format(items);
/** The name of a language (fr-CA), in the language of the page or in `inLanguage`. */
export function languageName(tag, inLanguage = chosen) {
  try {
    return new Intl.DisplayNames([inLanguage], { type: "language" }).of(tag);
  } catch {
    return tag;
  }
}

/** Loads /words/FAMILY.LANG.json beside what is there, now and with each language that is chosen later. */
export async function also(family) {
  const root = document.documentElement.dataset;
  root.wordsAlso = [root.wordsAlso, family].filter(Boolean).join(" ");
  const asked = chosen;
  const others = await wordsOf(`${family}.${asked}`);
  // A language that was chosen meanwhile came with its own.
  if (chosen !== asked) return;
  Object.assign(table, others);
  dress(document);
  for (const listener of listeners) listener(chosen);
}

const wordsOf = (name) => fetch(`/words/${name}.json`).then((answer) => (answer.ok ? answer.json() : {}));

async function load(wanted) {
  const others = document.documentElement.dataset.wordsAlso ?? "";
  const names = [wanted, ...others.split(" ").filter(Boolean).map((family) => `${family}.${wanted}`)];
  const tables = await Promise.all(names.map(wordsOf));
  if ((document.documentElement.dataset.wordsAlso ?? "") !== others) return load(wanted);
  [chosen, table, plural] = [wanted, Object.assign({}, ...tables), new Intl.PluralRules(wanted)];
  document.documentElement.lang = wanted;
  return undefined;
}

function store(wanted) {
  try {
    localStorage.setItem(remembered, wanted);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

function preferred() {
  try {
    const kept = localStorage.getItem(remembered);
    if (languages.includes(kept)) return kept;
  } catch {
    // As above.
  }
  return navigator.languages.map((tag) => tag.split("-")[0]).find((tag) => languages.includes(tag)) ?? "en";
}

/** Settles when the page has its words: `await ready` before drawing. */
export const ready = load(preferred()).then(() => dress(document));
