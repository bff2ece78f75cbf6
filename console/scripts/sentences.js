// What the server says, in the language of the page: English names the sentence, /words/sentences.LANG.json has its
// words. A sentence with figures has `sentences.NAME` beside its English: {template, figures}; without, the English is
// the template. What has no words in the language stays English, and says so.
import { dateTime, language, number, onLanguage, ready as words } from "./words.js";

const tables = new Map();
const loading = new Map();

/** Settles when there are the sentences of the page's language, or none are to be had. */
export const ready = words.then(() => load());
onLanguage(load);

/** Settles when there are the sentences of the language, or none are to be had. */
export function load(tag = language()) {
  if (tag === "en") return Promise.resolve();
  if (!loading.has(tag)) loading.set(tag, fetched(tag));
  return loading.get(tag);
}

async function fetched(tag) {
  try {
    const answer = await fetch(`/words/sentences.${tag}.json`);
    if (answer.ok) tables.set(tag, await answer.json());
  } catch {
    loading.delete(tag); // English until the next is asked for
  }
}

/** `object[name]` in the language of the page; null where it has no words for it. */
export function said(object, name) {
  return sentence(object.sentences?.[name] ?? { template: object[name], figures: [] });
}

/**
 * Makes an element say what the server said under these names, those that there are, with `between` between them: in
 * the language of the page once that is there, else in English.
 */
export function tell(element, object, names, between = " – ") {
  const there = names.filter((name) => object[name]);
  const fill = () => {
    const texts = language() === "en" ? [null] : there.map((name) => said(object, name));
    const isTold = texts.every((text) => text !== null);
    element.textContent = (isTold ? texts : there.map((name) => object[name])).join(between);
    if (isTold) element.removeAttribute("lang");
    else element.lang = "en";
  };
  fill();
  if (language() !== "en" && !tables.has(language())) load().then(fill);
  return element;
}

function sentence({ template, figures }) {
  const known = template === "{1}" ? template : tables.get(language())?.[template];
  const told = figures.map(figure);
  if (known === undefined || told.includes(null)) return null;
  return form(known, figures).replace(/\{(\d+)\}/g, (place, index) => told[index - 1] ?? place);
}

/** The first of a month is the only one that French counts. */
function day(iso) {
  const told = dateTime(iso, { dateStyle: "long", timeZone: "UTC" });
  return language() === "fr" ? told.replace(/^1 /, "1er ") : told;
}

/** Where there are several forms, the first figure that counts says which. */
function form(known, figures) {
  if (typeof known === "string") return known;
  const { count } = figures.find((one) => one.count !== undefined) ?? { count: 2 };
  return known[new Intl.PluralRules(language()).select(count)] ?? known.other;
}

/** null for a sentence that has no words. */
function figure(one) {
  if (typeof one === "string") return one;
  if (Array.isArray(one)) {
    const told = one.map(figure);
    return told.includes(null) ? null : told.join(", ");
  }
  if (one.template !== undefined) return sentence(one);
  if (one.count !== undefined) return number(one.count);
  if (one.instant !== undefined) return dateTime(one.instant, { dateStyle: "medium", timeStyle: "short" });
  if (one.day !== undefined) return day(one.day);
  const digits = { minimumFractionDigits: one.digits, maximumFractionDigits: one.digits };
  const scaled = (steps) => steps / 10 ** one.digits;
  if (one.seconds !== undefined) return number(scaled(one.seconds), { style: "unit", unit: "second", unitDisplay: "short", ...digits });
  if (one.percent !== undefined) return number(scaled(one.percent) / 100, { style: "percent", ...digits });
  return number(scaled(one.decimal), digits);
}
