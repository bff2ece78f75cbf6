// One verification in time: a lane for the service (messages as bars), one for the person (keys as marks), and the same
// as a list. It grows while time runs; the scale changes in steps, so that what is drawn stands still in between.
import { load, said, tell } from "./sentences.js";
import { make } from "./shell.js";
import { number, onLanguage, seconds, words, wordsOr } from "./words.js";

const spans = [15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600, 900, 1200, 1800, 3600, 7200].map((s) => s * 1000);
/** ms between two ticks for a span of so many ms. */
const tickOf = (span) => [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200].map((s) => s * 1000).find((tick) => span / tick <= 9) ?? 1_200_000;
const $ = (id) => document.getElementById(id);

export class Timeline {
  /** The call that was chosen by hand, until the next one begins. */
  #chosen = null;
  #latest = null;
  #shape = "";

  constructor(room) {
    this.room = room;
    this.axis = make("div", { class: "axis", "aria-hidden": "true" });
    this.service = make("div", { class: "lane service" });
    this.person = make("div", { class: "lane person" });
    this.head = make("div", { class: "head" });
    this.empty = make("p", { class: "empty", "data-words": "timeline.empty" });
    this.items = make("ol", { class: "moments" });
    this.graph = make("div", { class: "lanes", "aria-hidden": "true" },
      make("p", { class: "lane-name", "data-words": "timeline.service" }), this.service, make("p", { class: "lane-name", "data-words": "timeline.person" }), this.person, this.axis);
    this.asList = make("details", { class: "as-list" }, make("summary", { "data-words": "timeline.list" }), this.items);
    $("timeline").append(this.empty, this.graph, this.asList);
    room.addEventListener("change", () => this.draw());
    onLanguage(() => this.#redrawn());
    this.#redrawn();
    this.#tick();
  }

  get shown() {
    const { verifications } = this.room.state;
    return verifications.get(this.#chosen) ?? this.room.verification ?? [...verifications.values()].findLast((one) => one.user === this.room.user) ?? null;
  }

  /** What the server said is English until its sentences are there. */
  #redrawn() {
    this.#redraw();
    load().then(() => this.#redraw());
  }

  #redraw() {
    for (const element of $("timeline").querySelectorAll("[data-words]")) element.textContent = words(element.dataset.words);
    this.#shape = "";
    this.draw();
  }

  draw() {
    const newest = this.room.verification?.call ?? null;
    if (newest !== this.#latest) [this.#latest, this.#chosen] = [newest, null];
    const one = this.shown;
    this.empty.hidden = one !== null;
    this.graph.hidden = this.asList.hidden = one === null;
    this.#drawChoice(one);
    if (one) this.#drawOne(one);
  }

  #drawChoice(one) {
    const mine = [...this.room.state.verifications.values()];
    const drawn = mine.map((each) => each.call).join() + one?.call;
    if ($("timeline-calls").dataset.drawn === drawn) return;
    $("timeline-calls").dataset.drawn = drawn;
    $("timeline-calls").replaceChildren(...(mine.length < 2 ? [] : mine.slice(-6)).map((each) => {
      const button = make("button", { class: "button little", type: "button", "aria-pressed": String(each === one), "aria-label": words("timeline.call", { number: each.call }) }, String(each.call));
      button.addEventListener("click", () => {
        this.#chosen = each.call;
        this.draw();
      });
      return button;
    }));
  }

  #until(one) {
    return one.endedAt ?? Math.max(this.room.now(), ...one.marks.map((mark) => mark.at), one.startedAt);
  }

  #span(one) {
    const elapsed = this.#until(one) - one.startedAt;
    return spans.find((span) => span >= elapsed * 1.02) ?? elapsed * 1.1;
  }

  #drawOne(one) {
    const span = this.#span(one);
    const shape = [one.call, span, one.bars.length, one.marks.length, one.endedAt, one.bars.at(-1)?.endedAt].join();
    if (shape === this.#shape) return;
    this.#shape = shape;
    this.span = span;
    const [bars, marks] = [one.bars, one.marks];
    const place = (at) => `${(100 * (at - one.startedAt)) / span}%`;
    const [kind, endedAt] = one.method === "call" ? ["ringing", one.answeredAt ?? one.endedAt] : ["asking", one.endedAt];
    const first = this.#bar({ kind, method: one.method, at: one.startedAt, endedAt, length: 0 }, one, place);
    this.service.replaceChildren(first, ...bars.filter((bar) => bar.lane !== "person").map((bar) => this.#bar(bar, one, place)), ...this.#marks(marks.filter((mark) => mark.lane === "service"), place), this.head);
    this.person.replaceChildren(...bars.filter((bar) => bar.lane === "person").map((bar) => this.#bar(bar, one, place)), ...this.#marks(marks.filter((mark) => mark.lane !== "service"), place));
    const tick = tickOf(span);
    this.axis.replaceChildren(...Array.from({ length: Math.floor(span / tick) + 1 }, (_, index) => {
      const label = make("span", {}, index * tick >= 60_000 ? `${Math.floor((index * tick) / 60_000)}:${String(((index * tick) / 1000) % 60).padStart(2, "0")}` : number((index * tick) / 1000));
      label.style.left = place(one.startedAt + index * tick);
      return label;
    }));
    this.#list(one);
    this.#grow();
  }

  #bar(bar, one, place) {
    const name = barName(bar);
    const element = make("div", { class: `bar ${bar.kind.replace(".", " ")} ${bar.source ?? ""}`, title: name }, make("span", {}, name));
    element.style.left = place(bar.at);
    const end = bar.endedAt ?? this.room.now();
    element.style.width = `calc(${place(one.startedAt + Math.max(0, end - bar.at))} - 2px)`;
    if (bar.endedAt === null) [this.growing, this.growingFrom] = [element, bar];
    return element;
  }

  /** Marks that would lie on one another stand side by side, from where the first belongs. */
  #marks(marks, place) {
    const size = 2 * parseFloat(getComputedStyle(document.documentElement).fontSize);
    const perMark = (this.span * size) / (this.person.clientWidth || 640);
    const groups = [];
    for (const mark of marks) {
      const last = groups.at(-1);
      if (last && mark.at < last.at + perMark * last.marks.length) last.marks.push(mark);
      else groups.push({ at: mark.at, marks: [mark] });
    }
    return groups.map(({ at, marks: together }) => {
      const group = make("div", { class: "marks" }, ...together.map((mark) =>
        make("span", { class: `mark ${mark.kind.replace(".", " ")} ${mark.kind === "outcome" ? (mark.admitted ? "good" : "bad") : ""}`, title: markName(mark) }, glyph(mark))));
      group.style.left = place(at);
      return group;
    });
  }

  #list(one) {
    const moments = [
      ...one.bars.map((bar) => ({ at: bar.at, parts: [words("timeline.plays", { message: barName(bar), length: seconds((bar.endedAt ?? bar.at + bar.length) - bar.at) })] })),
      ...one.marks.map((mark) => ({ at: mark.at, parts: markParts(mark) })),
    ].sort((one, other) => one.at - other.at);
    this.items.replaceChildren(...moments.map(({ at, parts }) => make("li", {}, make("time", {}, seconds(at - one.startedAt)), " ", ...parts)));
  }

  #grow() {
    const one = this.shown;
    if (!one || !this.span) return;
    const now = this.#until(one);
    this.head.style.left = `${(100 * (now - one.startedAt)) / this.span}%`;
    this.head.hidden = one.endedAt !== null;
    if (this.growing?.isConnected && this.growingFrom.endedAt === null) {
      this.growing.style.width = `calc(${(100 * Math.max(0, now - this.growingFrom.at)) / this.span}% - 2px)`;
    }
  }

  #tick() {
    const one = this.shown;
    if (one && one.endedAt === null && !this.room.state.paused) {
      if (this.#span(one) !== this.span) this.draw();
      this.#grow();
    }
    requestAnimationFrame(() => this.#tick());
  }
}

function barName(bar) {
  if (bar.kind === "asking") return words(`method.${bar.method}`);
  return bar.kind === "message" ? wordsOr(`message.${bar.message}`, bar.message) : words(`timeline.${bar.kind}`, { digits: bar.digits ?? "" });
}

function markName(mark) {
  if (mark.kind === "key") return mark.key ? words("timeline.key", { key: mark.key }) : words("timeline.key.hidden");
  if (mark.kind === "outcome") return words("timeline.outcome", { outcome: wordsOr(`outcome.${mark.outcome}`, mark.outcome) });
  return words(`timeline.${mark.kind}`, { device: mark.device ?? "", text: mark.text ? (said(mark, "text") ?? mark.text) : "" });
}

/** The name in parts: what the server said stands in an element of its own, which says when it is English. */
function markParts(mark) {
  if (!mark.text) return [markName(mark)];
  const place = "\uFFFC";
  const [before, after = ""] = words(`timeline.${mark.kind}`, { device: mark.device ?? "", text: place }).split(place);
  return [before, tell(make("span"), mark, ["text"]), after];
}

const glyphs = { answered: "☎", hangUp: "✕", cancelled: "✕", wrong: "!", ignored: "·", pinRight: "✓", pinWrong: "✗", ask: "?", textSent: "✉", text: "✉", textLost: "✗", textRejected: "✗", textReplied: "↩", resend: "↻", typed: "⌨", notified: "◉", pageNote: "!" };

function glyph(mark) {
  if (mark.kind === "key") return mark.key ?? "•";
  if (mark.kind === "outcome") return mark.admitted ? "✓" : "✗";
  return glyphs[mark.kind] ?? (mark.kind === "device.approved" ? "✓" : "✗");
}
