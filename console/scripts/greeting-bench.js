// A dropped file: judged at once, heard, mended, and put in as a greeting.
import { announce, ask, at, button, encoded, failure, icon, make, notice, number, on, Refusal, say, send, settled, shapes, size, spoken, words } from "./admin.js";
import { findings, messageName, player, soundFacts, verdict, waveform } from "./greeting-sound.js";
import { languageName } from "./words.js";

// The file on the bench: {file, report, urls, mended: {file, changes} or null, refusal or null}; null where there is none.
let dropped = null;
let stopping = null;
let [limits, grid, stored] = [{ limit: 1_048_576, uploadLimit: Infinity }, null, () => {}];

/** What the grid knows and the bench needs: limits, messages and languages; and what to do when a greeting was put in. */
export function furnish(answer, whenStored) {
  [limits, grid, stored] = [answer, answer, whenStored];
}

/** Lets the whole page take a file that is dropped on it, and the button one that is chosen. */
export function takesFiles() {
  const veil = at("veil");
  let depth = 0;
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  on(window, "dragenter", (event) => carries(event) && (event.preventDefault(), (depth += 1), (veil.hidden = false)));
  on(window, "dragover", (event) => carries(event) && event.preventDefault());
  on(window, "dragleave", (event) => carries(event) && (depth -= 1) <= 0 && (veil.hidden = true));
  on(window, "drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    [depth, veil.hidden] = [0, true];
    if (event.dataTransfer.files.length > 1) notice(words("greetings.oneFile"), "warn");
    if (event.dataTransfer.files.length) judge(event.dataTransfer.files[0]);
  });
  const chooser = at("file");
  on(at("choose"), "click", () => chooser.click());
  on(chooser, "change", () => {
    if (chooser.files.length) judge(chooser.files[0]);
    chooser.value = "";
  });
}

const named = (path, file) => `${path}?name=${encoded(file.name)}`;

/** Has a file judged, and shows what came of it. */
async function judge(file, from = null) {
  clear(false);
  const turn = (stopping = new AbortController());
  dropped = { file, report: null, urls: {}, mended: null, refusal: null, original: from };
  draw();
  at("bench").scrollIntoView({ block: "nearest" });
  try {
    if (file.size > limits.uploadLimit) throw Object.assign(
      new Refusal(413, { id: "tooLarge", message: "" }),
      { size: file.size },
    );
    const answer = await send(named("/api/greetings/check", file), file, { signal: turn.signal });
    dropped.report = await answer.json();
    dropped.urls = { original: URL.createObjectURL(file) };
    if (dropped.report.duration) Object.assign(
      dropped.urls,
      { waveform: await drawn(file, "waveform", turn), phone: await drawn(file, "phone", turn) },
    );
  } catch (problem) {
    if (turn.signal.aborted) return;
    if (!(problem instanceof Refusal)) throw problem;
    dropped.refusal = problem;
  }
  if (turn.signal.aborted) return;
  draw();
  announce(dropped.report ? `${dropped.file.name}: ${words(`greetings.verdict.${dropped.report.verdict}`)}` : "");
  at("bench").querySelector("h2")?.focus();
}

/** The waveform, or the sound as heard, as an address of this page; null where there is none to be had. */
async function drawn(file, what, turn) {
  try {
    return URL.createObjectURL(await (await send(named(`/api/greetings/${what}`, file), file, { signal: turn.signal })).blob());
  } catch (problem) {
    if (turn.signal.aborted || (problem.status !== 422 && problem.status !== 413)) throw problem;
    return null;
  }
}

function clear(shown = true) {
  stopping?.abort();
  for (const url of Object.values(dropped?.urls ?? {})) if (url) URL.revokeObjectURL(url);
  if (dropped?.mended) URL.revokeObjectURL(dropped.mended.url);
  dropped = null;
  if (shown) {
    draw();
    at("choose").focus();
  }
}

/** Draws the bench anew: at each change, and when the page's language changes. */
export function draw() {
  const bench = at("bench");
  bench.hidden = !dropped;
  if (!dropped) return bench.replaceChildren();
  const { file, report, refusal } = dropped;
  const head = make(
    "div",
    { class: "spread" },
    make("h2", { tabindex: "-1" }, file.name),
    button("greetings.takeAway", () => clear(), { class: "quiet little", shape: "cross" }),
  );
  bench.toggleAttribute("data-busy", !report && !refusal);
  if (refusal) return bench.replaceChildren(head, refusedFile(refusal));
  if (!report) return bench.replaceChildren(
    head,
    say("p", "greetings.checking", { role: "status", class: "faint" }),
    make("progress", { "aria-label": words("greetings.checking") }),
  );
  bench.replaceChildren(
    head,
    verdict(report),
    make("div", { class: "bench-columns" }, heard(), make("div", { class: "stack" }, soundFacts(report))),
    ...waves(),
    make(
      "section",
      { class: "stack tight" },
      say("h3", "greetings.found", {}, { count: report.findings.length }),
      findings(report, dropped.play, mend),
    ),
    mending(),
    ...(report.verdict === "accepted" ? [puttingIn()] : [say("p", "greetings.notPutIn", { class: "faint" })]),
  );
}

function refusedFile(refusal) {
  if (refusal.id !== "tooLarge") return failure(refusal, () => judge(dropped.file));
  return make(
    "div",
    { class: "verdict bad", role: "alert" },
    icon(shapes.cross),
    make(
      "div",
      {},
      say("p", "greetings.verdict.rejected", { class: "verdict-word" }),
      say("p", "error.tooLarge", { class: "verdict-why" }),
      say("p", "greetings.tooLarge", {}, { size: size(dropped.file.size), limit: number(limits.limit) }),
      refusal.message && spoken("p", refusal, "message", { class: "small" }),
    ),
  );
}

function heard() {
  const { urls } = dropped;
  const original = player("greetings.original", urls.original);
  const phone = urls.phone && player("greetings.asHeard", urls.phone);
  dropped.play = phone && ((ms) => {
    phone.sound.currentTime = ms / 1000;
    return phone.sound.play();
  });
  return make(
    "div",
    { class: "players" },
    original.part,
    phone ? phone.part : say("p", "greetings.notHeard", { class: "faint" }),
  );
}

const waves = () => (dropped.urls.waveform ? [waveform(
  dropped.urls.waveform,
  words("greetings.waveform", { file: dropped.file.name }),
)] : []);

function mending() {
  const { mended, report, original } = dropped;
  const section = make("section", { class: "stack tight mending" }, say("h3", "greetings.mend.title"));
  if (original) section.append(make("p", { class: "chip good" }, words("greetings.mend.taken", { file: original.name })));
  if (!mended) {
    section.append(
      say("p", report.findings.length ? "greetings.mend.text" : "greetings.mend.notNeeded", { class: "faint" }),
      make("div", {}, button("greetings.mend.action", mend)),
    );
  } else if (mended.refusal) {
    section.append(make(
      "div",
      { class: "notice bad", role: "alert" },
      make(
        "div",
        { class: "notice-text" },
        say("p", "greetings.mend.cannot"),
        spoken("p", mended.refusal, "message", { class: "small" }),
        mended.refusal.hint && spoken("p", mended.refusal, "hint", { class: "small" }),
      ),
    ));
  } else {
    section.append(...mendedParts(mended));
  }
  return section;
}

function mendedParts({ file, url, changes }) {
  const told = changes.length ? make(
    "ul",
    { class: "changes" },
    ...changes.map((change) => spoken("li", change, "message")),
  ) : say("p", "greetings.mend.unchanged");
  return [
    say("p", "greetings.mend.done", { role: "status" }, { file: file.name, size: size(file.size) }),
    told,
    make(
      "div",
      { class: "row" },
      make("a", { class: "button", href: url, download: file.name }, icon(shapes.download), words("greetings.mend.download")),
      button("greetings.mend.take", () => judge(file, dropped.file), { class: "primary" }),
    ),
  ];
}

/** The name under which an answer wants to be saved. */
function attachment(answer) {
  const field = answer.headers.get("Content-Disposition") ?? "";
  const exact = field.match(/filename\*=UTF-8''([^;]+)/);
  return exact ? decodeURIComponent(exact[1]) : (field.match(/filename="([^"]+)"/)?.[1] ?? null);
}

async function mend() {
  const { file } = dropped;
  try {
    const answer = await send(named("/api/greetings/mend", file), file);
    const name = attachment(answer) ?? file.name.replace(/(\.\w+)?$/, "-mended.wav");
    const mended = new File([await answer.blob()], name, { type: answer.headers.get("Content-Type") ?? "audio/wav" });
    const changes = answer.headers.get("Poundkey-Changes");
    if (dropped?.file !== file) return;
    dropped.mended = {
      file: mended,
      url: URL.createObjectURL(mended),
      changes: changes ? JSON.parse(decodeURIComponent(changes)) : [],
    };
  } catch (problem) {
    if (!(problem instanceof Refusal) || problem.status !== 422) throw problem;
    dropped.mended = { refusal: problem };
  }
  draw();
  at("bench").querySelector(".mending a, .mending .notice")?.focus();
}

const place = (message, language) => `/api/greetings/${encoded(message)}/${encoded(language)}`;

/** Asks whether anybody would hear a greeting of one's own there. */
export const prospectOf = (message, language) => ask(`${place(message, language)}/prospect`);

/** Why nobody would hear a greeting, in words; null where somebody does. */
export function unheard({ why, instead, language }, message) {
  return why && words(`greetings.unheard.${why}${why === "neverPlays" && instead ? "Instead" : ""}`, {
    message: messageName(message),
    instead: instead && messageName(instead),
    language: language && languageName(language),
  });
}

/** Says below the choice whether anybody will hear it. */
const foretell = settled(async (message, language, shown) => {
  const wanted = `${message} ${language}`;
  shown.dataset.about = wanted;
  const prospect = language ? await prospectOf(message, language).catch(() => null) : null;
  if (shown.dataset.about !== wanted) return;
  const reason = prospect && unheard(prospect, message);
  shown.className = reason ? "notice warn" : "hint";
  shown.replaceChildren(...(reason ? [icon(shapes.warn), make("div", { class: "notice-text" }, reason)] : prospect ? [words("greetings.heardBy", { count: prospect.hearers })] : []));
});

// Which message and language were chosen last; they outlast a change of the page's language.
const chosen = { message: "greetingStandard", language: null };

/** Chooses for the bench what a cell of the grid stands for. */
export function meantFor(message, language) {
  Object.assign(chosen, { message, language });
  if (dropped?.report) draw();
}

function puttingIn() {
  chosen.language ??= grid?.languages[0]?.language ?? "en";
  const message = make(
    "select",
    { id: "as-message" },
    ...(grid?.rows ?? []).map((row) => make(
      "option",
      { value: row.message, selected: row.message === chosen.message },
      messageName(row.message),
    )),
  );
  const tags = grid?.languages.map(({ language }) => language) ?? [];
  const language = make(
    "input",
    {
      id: "as-language",
      list: "as-languages",
      value: chosen.language,
      autocomplete: "off",
      spellcheck: "false",
      required: true,
      "aria-describedby": "as-language-hint",
    },
  );
  const hint = make("p", { class: "hint", id: "as-language-hint" });
  const prospect = make("div", { class: "hint", id: "prospect", role: "status" });
  const tell = () => {
    Object.assign(chosen, { message: message.value, language: language.value.trim() });
    hint.textContent = language.value.trim() ? languageName(language.value.trim()) : words("greetings.languageHint");
    foretell(chosen.message, chosen.language, prospect);
  };
  for (const control of [message, language]) on(control, "input", tell);
  const form = make(
    "form",
    { class: "put-in" },
    say("h3", "greetings.putIn.title"),
    make(
      "div",
      { class: "put-in-fields" },
      make("div", { class: "field" }, say("label", "greetings.putIn.message", { for: "as-message" }), message),
      make(
        "div",
        { class: "field" },
        say("label", "greetings.putIn.language", { for: "as-language" }),
        language,
        hint,
        make("datalist", { id: "as-languages" }, ...tags.map((tag) => make("option", { value: tag }, languageName(tag)))),
      ),
      make("button", { class: "button primary" }, words("greetings.putIn.action")),
    ),
    prospect,
  );
  tell();
  on(form, "submit", (event) => {
    event.preventDefault();
    putIn(chosen.message, chosen.language, form);
  });
  return form;
}

async function putIn(message, language, form) {
  const there = grid?.rows.find((row) => row.message === message)?.cells.find((cell) => cell.language === language)?.own;
  const press = form.querySelector("button");
  press.disabled = true;
  try {
    const answer = await send(named(place(message, language), dropped.file), dropped.file, { method: "PUT" });
    const { prospect } = await answer.json();
    const reason = unheard(prospect, message);
    notice(
      words(
        there ? "greetings.replaced" : "greetings.putIn.done",
        { message: messageName(message), language: languageName(language) },
      ),
      "good",
    );
    if (reason) notice(reason, "warn");
    clear(false);
    draw();
    await stored(message, language);
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    if (problem.report) dropped.report = problem.report;
    draw();
    at("bench").append(failure(problem));
  } finally {
    press.disabled = false;
  }
}
