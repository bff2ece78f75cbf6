// What the admin pages share: how a page loads, waits and fails; buttons that act; tables that become cards; addresses.
import { ask, Refusal } from "./api.js";
import { ready as sentences, tell } from "./sentences.js";
import { icon, make, notice, refused } from "./shell.js";
import { dateTime, hasWords, language, list, number, onLanguage, ready, words } from "./words.js";

export const at = (id) => document.getElementById(id);
export const encoded = encodeURIComponent;

/** An element with the words of `key`: with attributes, and values in the words. */
export const say = (tag, key, attributes = {}, values = {}) => make(tag, attributes, words(key, values));

/** An element with what the server said under a name of `object`, in the language of the page where it has words for it. */
export const spoken = (tag, object, name, attributes = {}) => tell(make(tag, attributes), object, [name]);

/** An element with what is English in every language of the page. */
export const english = (tag, text, attributes = {}) => make(tag, { lang: "en", ...attributes }, text);

export function on(element, event, listener) {
  element.addEventListener(event, listener);
  return element;
}

export const shapes = {
  play: "M8 5v14l11-7z", download: "M12 4v11m-5-5 5 5 5-5M5 20h14", bin: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13", back: "M15 5l-7 7 7 7",
  open: "M9 5l7 7-7 7", check: "M5 13l4 4L19 7", cross: "M6 6l12 12M18 6 6 18", warn: "M12 4 2.5 20h19zM12 10v4M12 17v.5", phone: "M8 3h8v18H8zM11 18h2",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M16 16l5 5", undo: "M4 9h10a5 5 0 0 1 0 10h-3M4 9l4-4M4 9l4 4", stop: "M6 6h12v12H6z", pencil: "M4 20l1-5L16 4l4 4L9 19z",
  note: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 11v5M12 8v.5", add: "M12 5v14M5 12h14", upload: "M12 15V4M7 9l5-5 5 5M5 20h14",
};

/** A button with the words of `key`, a class and a drawing of `shapes`. Its words may be given as `text`. */
export function button(key, act, { class: kind = "", shape, text, values, ...attributes } = {}) {
  const made = make(
    "button",
    { class: `button ${kind}`.trim(), type: "button", ...attributes },
    shape && icon(shapes[shape]),
    text ?? words(key, values),
  );
  return on(made, "click", () => working(made, act));
}

/** A button with a drawing alone, and a label. */
export function iconButton(shape, label, act, kind = "quiet little") {
  const made = make(
    "button",
    { class: `button icon ${kind}`, type: "button", "aria-label": label, title: label },
    icon(shapes[shape]),
  );
  return on(made, "click", () => working(made, act));
}

export const link = (href, key, { class: kind = "button", shape, text, values, ...attributes } = {}) =>
  make("a", { href, class: kind, ...attributes }, shape && icon(shapes[shape]), text ?? words(key, values));

/** Runs what a button does: pressed once at a time, and told where it is refused. */
export async function working(control, act) {
  if (control.getAttribute("aria-disabled") === "true") return;
  control.setAttribute("aria-disabled", "true");
  try {
    await act(control);
  } catch (problem) {
    refused(problem);
  } finally {
    control.removeAttribute("aria-disabled");
  }
}

export const chip = (key, kind = "", values = {}) => say("span", key, { class: `chip ${kind}`.trim() }, values);

/** A time as people read it, with the exact one behind it. */
export const when = (time, options) => (time ? make(
  "time",
  { datetime: time, title: time },
  dateTime(time, options),
) : make("span", { class: "faint" }, "–"));

/** Bytes as people say them: 1,023 B, 31.2 kB, 1.05 MB. */
export function size(bytes) {
  const [unit, divisor, digits] = bytes < 1000 ? ["byte", 1, 0] : bytes < 1_000_000 ? ["kilobyte", 1000, 1] : ["megabyte", 1_000_000, 2];
  return number(bytes / divisor, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: digits });
}

/** Pairs of a name and what it is, as a list of facts; those without a value are left out. */
export function facts(...pairs) {
  const told = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return make("dl", { class: "facts" }, ...told.flatMap(([key, value]) => [say("dt", key), make("dd", {}, value)]));
}

/**
 * A table that becomes cards on a narrow screen.
 * - columns: [{key (of its words), class?}]; rows: [[cell: text or element]], or rows as elements already.
 */
export function table(label, columns, rows) {
  const heads = columns.map(({ key, class: kind }) => say("th", key, { scope: "col", role: "columnheader", class: kind }));
  return make(
    "table",
    { class: "cards", role: "table", "aria-label": label },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...heads)),
    make("tbody", { role: "rowgroup" }, ...rows.map((row) => (Array.isArray(row) ? tableRow(columns, row) : row))),
  );
}

export function tableRow(columns, cells, attributes = {}) {
  return make(
    "tr",
    { role: "row", ...attributes },
    ...cells.map((cell, index) => make(
      "td",
      { role: "cell", class: columns[index].class, "data-label": words(columns[index].key) },
      cell,
    )),
  );
}

/** Fills `place` with what `read` answers, drawn by `draw`; says so while it waits, and what to do where it fails. */
export async function fill(place, read, draw) {
  const turn = (place.turn = (place.turn ?? 0) + 1);
  place.setAttribute("aria-busy", "true");
  const waiting = setTimeout(
    () => turn === place.turn && place.replaceChildren(say("p", "admin.loading", { class: "empty", role: "status" })),
    200,
  );
  try {
    const answer = await read();
    if (turn === place.turn) place.replaceChildren(...[draw(answer)].flat().filter(Boolean));
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    if (turn === place.turn) place.replaceChildren(failure(problem, () => fill(place, read, draw)));
  } finally {
    clearTimeout(waiting);
    if (turn === place.turn) place.removeAttribute("aria-busy");
  }
}

/** Draws a place anew; what had the focus there has it again, where it is still there. */
export function redraw(place, parts) {
  const had = place.contains(document.activeElement) ? document.activeElement : null;
  const same = had && ["id", "aria-label", "href", "class"].map((name) => [name, had.getAttribute(name)]).find(([, value]) => value);
  place.replaceChildren(...parts.filter(Boolean));
  if (same) place.querySelector(`${had.localName}[${same[0]}="${CSS.escape(same[1])}"]`)?.focus();
}

/** Why something could not be shown, with what to do. */
export function failure(problem, again) {
  return make(
    "div",
    { class: "notice bad", role: "alert" },
    icon(shapes.warn),
    make(
      "div",
      { class: "notice-text stack tight" },
      say("p", told(problem), { class: "strong" }),
      problem.status && problem.message !== String(problem.status) ? spoken("p", problem, "message", { class: "small" }) : null,
      problem.status && problem.hint ? spoken("p", problem, "hint", { class: "small" }) : null,
      again ? make("div", {}, button("admin.again", again, { class: "little" })) : null,
    ),
  );
}

/** The key of the words for a refusal: by its id, else by its status. */
export function told(problem) {
  if (problem.id && hasWords(`error.${problem.id}`)) return `error.${problem.id}`;
  if (problem.status === 0) return "error.noAnswer";
  return hasWords(`error.status.${problem.status}`) ? `error.status.${problem.status}` : "error.refused";
}

/** What a page says that has nothing to show: what would be there, and how to get it. */
export const empty = (key, how, ...actions) =>
  make("div", { class: "empty" }, say("p", key, { class: "empty-title" }), how && say("p", how), ...actions);

/** Says something to screen readers alone. */
export function announce(text) {
  const place = at("told") ?? document.body.appendChild(make("div", { id: "told", class: "visually-hidden", role: "status" }));
  place.textContent = text;
}

/** Where the page is: the parameters of its address. `go` changes them as a link would. */
export const here = () => Object.fromEntries(new URLSearchParams(location.search));
export const address = (page, parameters = {}) => {
  const given = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return given.length ? `${page}?${new URLSearchParams(given)}` : page;
};
export function go(parameters, { replace = false } = {}) {
  history[replace ? "replaceState" : "pushState"](null, "", address(location.pathname, parameters));
  dispatchEvent(new Event("moved"));
}

/** Makes links to another place of this page go there without loading it again. */
function stay(event) {
  const to = event.target.closest?.("a[href]");
  if (!to || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || to.hasAttribute("download")) return;
  if (to.pathname !== location.pathname || to.hash || to.target || to.origin !== location.origin) return;
  event.preventDefault();
  history.pushState(null, "", to.href);
  dispatchEvent(new Event("moved"));
}

/** Begins a page: `draw` is called when there are words, at each change of place, and at each change of language. */
export async function page(draw) {
  await Promise.all([ready, sentences]);
  document.addEventListener("click", stay);
  addEventListener("popstate", draw);
  addEventListener("moved", draw);
  onLanguage(draw);
  draw();
}

/** Waits until a person stops typing. */
export function settled(act, pause = 250) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(act, pause, ...given);
  };
}

/** Bytes to the server: the answer itself, whose body may be read as JSON, text or a file. Throws `Refusal`, with `report`. */
export async function send(path, raw, { method = "POST", signal } = {}) {
  let answer;
  try {
    answer = await fetch(path, { method, signal, body: raw, headers: { "Content-Type": "application/octet-stream" } });
  } catch (problem) {
    if (signal?.aborted) throw problem;
    throw new Refusal(0, { id: "connectionLost" });
  }
  if (answer.ok) return answer;
  const content = await answer.json().catch(() => ({}));
  throw Object.assign(
    new Refusal(answer.status, content.error ?? (answer.status === 413 ? { id: "tooLarge", message: "" } : undefined)),
    { report: content.report, content },
  );
}

export { ask, hasWords, icon, language, list, make, notice, number, Refusal, refused, words };
