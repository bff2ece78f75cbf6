// The script that plays: its steps, the sentence of the one that is on, large; pause, the next step, what comes after.
import { make } from "./shell.js";
import { hasWords, language, onLanguage, words, wordsOr } from "./words.js";

const $ = (id) => document.getElementById(id);

export class Guide {
  #drawn = "";
  #chosen = null;

  constructor(room) {
    this.room = room;
    $("pause").addEventListener("click", () => this.pause());
    $("step").addEventListener("click", () => this.step());
    $("again").addEventListener("click", () => this.play(this.room.state.demo));
    $("free").addEventListener("click", () => this.room.send("reset"));
    $("user").addEventListener("change", () => (this.#chosen = $("user").value));
    room.addEventListener("change", () => this.draw());
    onLanguage(() => {
      this.#drawn = "";
      this.draw();
    });
  }

  /**
   * Plays a demo from its start: by the person chosen in the form, if that was by hand and there is a telephone; else by
   * somebody who hears the language of the page, in English as it is written.
   */
  play(demo) {
    const { state, user: shown } = this.room;
    const chosen = shown === this.#chosen && state.users.get(shown)?.phones.length > 0 ? shown : undefined;
    const speaks = (user) => user.phones.length > 0 && user.language?.split("-")[0] === language();
    const any = language() === "en" ? undefined : [...state.users.values()].find(speaks)?.upn;
    return this.room.send("demo", { demo, user: chosen ?? any });
  }

  get isPlaying() {
    const { source, guide } = this.room.state;
    return source !== "free" && guide?.phase !== "over" && guide?.phase !== "failed";
  }

  async pause() {
    if (this.isPlaying) await this.room.send(this.room.state.paused ? "resume" : "pause");
  }

  async step() {
    if (this.isPlaying) await this.room.send("step");
  }

  draw() {
    const { state } = this.room;
    const drawn = JSON.stringify([state.session, state.source, state.title, state.demo, state.guide, state.paused, state.steps]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const isShown = state.source !== "free";
    $("guide").hidden = !isShown;
    if (!isShown) return;
    const { guide, demo } = state;
    $("guide-title").textContent = demo ? wordsOr(`guide.${demo}.title`, state.title) : state.title;
    const count = guide?.of ?? state.steps;
    $("guide-steps").replaceChildren(...Array.from({ length: count }, (_, index) => {
      const done = index + 1 < (guide?.step ?? 0) || guide?.phase === "over" || (guide?.step === index + 1 && guide.phase === "done");
      return make("li", { class: done ? "done" : guide?.step === index + 1 ? "on" : null });
    }));
    this.#sentence(state);
    $("pause").textContent = words(state.paused ? "guide.resume" : "guide.pause");
    $("pause").hidden = $("step").hidden = !this.isPlaying;
    $("again").hidden = this.isPlaying || !demo;
    $("free").hidden = this.isPlaying;
    this.#problem(guide?.phase === "failed" ? guide.problem : null);
  }

  #sentence({ guide, demo, paused, person, users }) {
    const name = (users.get(person)?.name || person || "").split(/[ @]/)[0];
    const key = `guide.${demo}.${guide?.step}`;
    const step = guide?.step ? (hasWords(key) ? words(key, { name }) : (guide.name ?? "")) : words("guide.begin");
    const text = guide?.phase === "over" ? words("guide.over") : step;
    if ($("guide-sentence").textContent !== text) $("guide-sentence").textContent = text;
    $("guide-sentence").classList.toggle("paused", paused);
  }

  #problem(problem) {
    $("guide-problem").hidden = !problem;
    if (!problem) return;
    $("guide-problem").replaceChildren(make("div", { class: "notice bad" }, make("div", { class: "notice-text" },
      make("p", {}, words("guide.failed")), make("p", { lang: "en", class: "small" }, [problem.message, problem.hint].filter(Boolean).join(" – ")))));
  }
}
