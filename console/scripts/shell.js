// What every page has: the top bar in <header data-shell="PAGE">, notices, and a question before what cannot be undone.
// What the header holds already stands between the menu and the choice of language.
import { Refusal } from "./api.js";
import { dress, hasWords, language, languageName, languages, ready, speak, words } from "./words.js";

const pages = { room: "/", greetings: "/greetings", users: "/users", reports: "/reports", settings: "/settings", scenarios: "/scenarios" };
/** Screens of the size of a telephone's, as in the style sheets. */
export const small = "(max-width: 40rem)";
const mark = "M7 3 5 21M19 3l-2 18M4 9h17M3 15h17";

/** An element: `make("button", {class: "button", type: "button"}, "text", child)`. Texts are never read as HTML. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A drawing of 24 x 24 lines, hidden from screen readers: whoever holds it has a label. */
export function icon(...paths) {
  const svg = draw("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" });
  svg.append(...paths.map((d) => draw("path", { d })));
  return svg;
}

export function draw(tag, attributes = {}) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** Lets a button open and close the list that it controls; Escape and a press elsewhere close it. */
export function opens(button, listed) {
  const show = (open) => {
    listed.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  show(false);
  button.addEventListener("click", () => show(listed.hidden));
  listed.addEventListener("click", (event) => event.target.closest("a, button") && show(false));
  document.addEventListener("pointerdown", (event) => {
    if (!listed.contains(event.target) && !button.contains(event.target)) show(false);
  });
  for (const part of [button, listed]) {
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || listed.hidden) return;
      event.stopPropagation();
      show(false);
      button.focus();
    });
  }
}

/**
 * Shows a notice in the corner and reads it out. `kind`: "", "good", "warn" or "bad"; one takes the place of another that
 * says the same, and what went well that of what went wrong before.
 * `said`: what holds what the server said, in `message` or `text`, and `hint`; shown below. One that `lasts` is not
 * pushed out by later ones.
 */
export function notice(text, kind = "", said = null, { lasts = false } = {}) {
  const close = make("button", { class: "button quiet little icon", type: "button", "data-words-label": "common.close" }, icon("M6 6l12 12M18 6 6 18"));
  const names = ["message", "text", "hint"];
  const below = said && make("p", { lang: "en", class: "small" }, names.map((name) => said[name]).filter(Boolean).join(" – "));
  if (below && language() !== "en") import("./sentences.js").then(({ tell }) => tell(below, said, names));
  const body = make("div", { class: "notice-text" }, make("p", {}, text), below);
  const shown = make("div", { class: `notice ${kind}`, role: kind === "bad" ? "alert" : "status", "data-lasts": lasts }, body, close);
  dress(shown);
  close.addEventListener("click", () => shown.remove());
  const saidBy = (one) => one.querySelector("p").textContent;
  for (const old of [...board().children]) {
    if (old.dataset.lasts === undefined && (saidBy(old) === text || (kind === "good" && old.classList.contains("bad")))) old.remove();
  }
  board().append(shown);
  const passing = [...board().children].filter((one) => one.dataset.lasts === undefined);
  for (const old of passing.slice(0, Math.max(0, board().children.length - 4))) old.remove();
  if (!lasts) setTimeout(() => shown.remove(), kind === "bad" ? 30_000 : 8000);
  return shown;
}

/** What the page's words say whole. */
const told = new Set(["paused", "notKept", "not-playing", "nothing-to-do-it-to", "nothing-done", "too-long", "no-device"]);

/** Shows why something did not work: words for its id where there are some, and what the server said beyond them. */
export function refused(problem) {
  if (!(problem instanceof Refusal)) throw problem;
  const known = problem.id && hasWords(`error.${problem.id}`) ? `error.${problem.id}` : problem.status === 0 ? "error.noAnswer" : "error.refused";
  notice(words(known), "bad", problem.status === 0 || told.has(problem.id) ? null : problem);
}

/** Asks before what cannot be undone; true where it is confirmed. Texts are shown as given. */
export function confirmed({ title, text, action, danger = false }) {
  const yes = make("button", { class: `button ${danger ? "danger" : "primary"}`, value: "yes" }, action);
  const no = make("button", { class: "button", value: "no", autofocus: true }, words("common.cancel"));
  const dialog = make("dialog", { "aria-label": title },
    make("form", { method: "dialog" }, make("h2", {}, title), make("p", {}, text), make("div", { class: "dialog-actions" }, no, yes)));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((settle) => dialog.addEventListener("close", () => {
    settle(dialog.returnValue === "yes");
    dialog.remove();
  }));
}

function board() {
  return document.querySelector(".notices") ?? document.body.appendChild(make("div", { class: "notices" }));
}

function topBar(header) {
  const here = header.dataset.shell;
  const brand = make("a", { class: "brand", href: "/" }, icon(mark), make("span", { "data-words": "common.product" }));
  const links = Object.entries(pages).map(([page, path]) => make("li", {}, make("a", { href: path, "data-words": `common.page.${page}`, "aria-current": page === here && "page" })));
  const listed = make("ul", { class: "menu-list", id: "shell-pages" }, ...links);
  const button = make("button", { class: "button quiet", type: "button", "aria-controls": "shell-pages" }, icon("M4 7h16M4 12h16M4 17h16"), make("span", { "data-words": "common.menu" }));
  opens(button, listed);
  header.prepend(
    make("a", { class: "skip", href: "#main", "data-words": "common.skip" }), brand,
    make("nav", { class: "menu", "data-words-label": "common.pages" }, button, listed));
  header.querySelector(".menu").after(make("span", { class: "end" }));
  header.append(languageChoice());
}

function languageChoice() {
  const options = languages.map((tag) => make("option", { value: tag, lang: tag }, languageName(tag, tag)));
  const choice = make("select", { class: "language", "data-words-label": "common.language" }, ...options);
  ready.then(() => (choice.value = language()));
  choice.addEventListener("change", () => speak(choice.value));
  return choice;
}

for (const header of document.querySelectorAll("[data-shell]")) topBar(header);
