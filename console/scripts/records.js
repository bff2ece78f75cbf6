// What it did: records arrive as cards, in order, each at the end; one opens in place to all that it says.
import { tell } from "./sentences.js";
import { make } from "./shell.js";
import { clock, dateTime, hasWords, language, onLanguage, words, wordsOr } from "./words.js";

const tones = { risk: "warn", riskClosed: "good", report: "bad", block: "bad", unblock: "good", lock: "bad", mail: "accent", pass: "accent", signIn: "accent" };
const $ = (id) => document.getElementById(id);

export class Records {
  #drawn = [];
  #session = null;

  constructor(room) {
    this.room = room;
    room.addEventListener("change", () => this.draw());
    onLanguage(() => this.#again());
  }

  draw() {
    const { session, records } = this.room.state;
    if (session !== this.#session || records.length < this.#drawn.length) {
      this.#session = session;
      this.#drawn = [];
      $("records").replaceChildren();
    }
    const board = $("records");
    const isAtEnd = board.scrollHeight - board.scrollTop - board.clientHeight < 48;
    for (const record of records.slice(this.#drawn.length)) {
      const card = this.#card(record);
      if (this.room.live) card.classList.add("new");
      board.append(card);
      this.#drawn.push(card);
    }
    if (isAtEnd) board.scrollTop = board.scrollHeight;
    $("records-empty").hidden = records.length > 0;
    board.hidden = records.length === 0;
    $("records-count").textContent = records.length ? words("records.count", { count: records.length }) : "";
  }

  #again() {
    const open = this.#drawn.map((card) => card.open);
    this.#session = null;
    this.draw();
    this.#drawn.forEach((card, index) => {
      card.classList.remove("new");
      card.open = open[index] ?? false;
    });
  }

  #card(record) {
    const kind = make("span", { class: `chip ${tones[record.kind] ?? ""}` }, wordsOr(`record.${record.kind}`, record.kind));
    const summary = make("summary", {}, kind, make("time", { class: "record-time" }, clock(record.at)), ...titles(record));
    // Several values of one name follow each other, as the findings of a sign-in do.
    const facts = make("dl", { class: "facts" }, ...record.fields.flatMap(({ name, value: text, ...field }, index) => [
      ...(record.fields[index - 1]?.name === name ? [] : [make("dt", {}, wordsOr(`field.${name}`, name))]), field.gate ? why(text, field) : value(name, text),
    ]));
    return make("details", { class: `record ${record.kind}`, "data-kind": record.kind, "data-record": record.id }, summary, facts);
  }
}

/** In the language of the page where there are words, and as it was recorded. */
function titles(record) {
  const outcome = record.fields.find(({ name }) => name === "outcome")?.value;
  const key = outcome ? `outcome.${outcome}` : `title.${record.title}`;
  const recorded = make("span", { class: "record-title", lang: "en" }, record.title);
  if (record.kind === "mail") return [make("span", { class: "record-title" }, words("record.mail.title", { user: record.user }))];
  if (!hasWords(key) || words(key) === record.title) return [recorded];
  recorded.classList.add("recorded");
  return [make("span", { class: "record-title" }, words(key)), recorded];
}

/** What a gate found: `gate: reason`. */
function why(text, { gate, sentences }) {
  const found = { gate, reason: text.slice(gate.length + 2), sentences };
  return tell(make("dd"), found, ["gate", "reason"], language() === "fr" ? "\u00a0: " : ": ");
}

function value(name, text) {
  if (["at", "since", "until"].includes(name) && !Number.isNaN(Date.parse(text))) return make("dd", {}, dateTime(text, { dateStyle: "medium", timeStyle: "medium" }));
  if (text === "true" || text === "false") return make("dd", {}, words(text === "true" ? "field.yes" : "field.no"));
  return make("dd", { lang: "en", class: name === "pass" ? "mono" : null }, text);
}
