// The greetings of a tenant: which message is heard in which language, and what a new file would be.
import { address, ask, at, button, chip, encoded, facts, fill, go, here, make, notice, on, page, redraw, say, words } from "./admin.js";
import { drawer, opened } from "./admin-dialog.js";
import { draw as drawBench, furnish, meantFor, prospectOf, takesFiles, unheard } from "./greeting-bench.js";
import { findings, messageName, player, soundFacts, waveform } from "./greeting-sound.js";
import { follow } from "./live.js";
import { confirmed } from "./shell.js";
import { language, languageName, seconds } from "./words.js";

let answer = null;
const shown = { playing: false, gaps: false };

/** What a cell is: the tenant's own, taken over from a parent language, ours, in another language, or a gap. */
function kind(cell) {
  if (cell.gap) return "gap";
  if (!cell.covered) return "other";
  return cell.own || cell.source === "custom" ? "custom" : "default";
}

const colours = { custom: "good", default: "", other: "warn", gap: "bad" };

function cellPart(row, cell) {
  const state = kind(cell);
  const heard = cell.heard === cell.language ? null : words("greetings.cell.heardIn", { language: languageName(cell.heard) });
  const label = words(
    "greetings.cell.label",
    { message: messageName(row.message), language: languageName(cell.language), state: words(`greetings.cell.${state}`) },
  );
  return make(
    "a",
    {
      class: `cell ${state}`,
      href: address("/greetings", { ...kept(), message: row.message, language: cell.language }),
      "aria-label": heard ? `${label}, ${heard}` : label,
    },
    say("span", `greetings.cell.${state}`, { class: `chip ${colours[state]}` }),
    make("span", { class: "small faint" }, heard ?? seconds(cell.length)),
  );
}

const kept = () => (here().also ? { also: here().also } : {});

function grid() {
  const rows = answer.rows.filter((row) => (!shown.playing || row.plays) && (!shown.gaps || row.cells.some(({ gap }) => gap)));
  if (!rows.length) return make("div", { class: "empty" }, say("p", shown.gaps ? "greetings.noGaps" : "greetings.noRows"));
  const heads = answer.languages.map(({ language, speakers }) => make(
    "th",
    { scope: "col", role: "columnheader" },
    languageName(language),
    make("span", { class: "small faint block" }, words("greetings.speakers", { count: speakers.length })),
  ));
  return make(
    "table",
    { class: "cards greeting-grid", role: "table", "aria-label": words("greetings.grid") },
    make(
      "thead",
      { role: "rowgroup" },
      make("tr", { role: "row" }, say("th", "greetings.column.message", { scope: "col", role: "columnheader" }), ...heads),
    ),
    make("tbody", { role: "rowgroup" }, ...rows.map(gridRow)),
  );
}

function gridRow(row) {
  return make(
    "tr",
    { role: "row", class: row.plays ? null : "silent" },
    make(
      "th",
      { scope: "row", role: "rowheader" },
      make("span", { class: "message-name" }, messageName(row.message)),
      make(
        "span",
        { class: "row message-id" },
        make("code", { class: "small faint" }, row.message),
        row.plays ? null : chip("greetings.neverPlays"),
      ),
    ),
    ...row.cells.map((cell) => make("td", { role: "cell", "data-label": languageName(cell.language) }, cellPart(row, cell))),
  );
}

function legend() {
  return make(
    "ul",
    { class: "row legend" },
    ...Object.entries(colours).map(([state, colour]) => make(
      "li",
      { class: "row" },
      say("span", `greetings.cell.${state}`, { class: `chip ${colour}` }),
      say("span", `greetings.legend.${state}`, { class: "small faint" }),
    )),
  );
}

function drawGrid() {
  at("grid").replaceChildren(...gridParts());
}

function gridParts() {
  const gaps = answer.rows.flatMap(({ cells }) => cells).filter(({ gap }) => gap).length;
  const own = answer.rows.flatMap(({ cells }) => cells).filter(({ own }) => own).length;
  at("summary").textContent = [
    words("greetings.count.own", { count: own }),
    words("greetings.count.gaps", { count: gaps }),
  ].join(" · ");
  return [grid(), legend()];
}

const readGrid = () => ask(address("/api/greetings", { language: here().also }));

async function refresh() {
  await fill(at("grid"), readGrid, (given) => {
    take(given);
    drawBench();
    return gridParts();
  });
}

function take(given) {
  answer = given;
  furnish(given, async (message, language) => {
    await refresh();
    at("grid").querySelector(`a[href*="message=${message}&language=${language}"]`)?.focus();
  });
}

/** Looks at the server again. The bench is left alone: somebody listens there, or types. */
async function look() {
  if (!answer || at("grid").hasAttribute("aria-busy")) return;
  const place = location.href;
  const given = await readGrid();
  if (location.href !== place || JSON.stringify(given) === JSON.stringify(answer)) return;
  take(given);
  redraw(at("grid"), gridParts());
}

let open = null;

/** Opens the greeting that the address names, or closes the one that is open. */
async function openNamed() {
  const { message, language } = here();
  if (open) {
    const before = open;
    open = null;
    before.close();
  }
  if (!message || !language) return;
  const body = make("div", { class: "stack" });
  const dialog = drawer(
    messageName(message),
    make("p", { class: "faint" }, languageName(language), " · ", make("code", {}, message)),
    body,
  );
  open = dialog;
  const closed = opened(dialog);
  fill(
    body,
    async () => {
      const greeting = await ask(`/api/greetings/${encoded(message)}/${encoded(language)}`);
      return { greeting, prospect: greeting.own ? await prospectOf(message, language) : null };
    },
    ({ greeting, prospect }) => greetingParts(greeting, prospect && unheard(prospect, message)),
  );
  await closed;
  if (open !== dialog) return;
  open = null;
  go(kept(), { replace: true });
}

/** `reason`: why nobody hears it, where it is the tenant's own and nobody does. */
function greetingParts(greeting, reason) {
  const base = `/api/greetings/${encoded(greeting.message)}/${encoded(greeting.language)}`;
  const phone = player("greetings.asHeard", `${base}/sound?as=phone`);
  const original = player("greetings.original", `${base}/sound?as=original`);
  const row = answer?.rows.find(({ message }) => message === greeting.message);
  const where = greeting.own ? "greetings.source.own" : greeting.source === "custom" ? "greetings.source.custom" : "greetings.source.default";
  return [facts(
    ["greetings.fact.when", words(`situation.${greeting.message}`)],
    ["greetings.fact.source", words(where)],
    ["greetings.fact.heard", languageName(greeting.heard)],
    ["greetings.fact.file", greeting.name],
    ["greetings.fact.waits", row?.waitsFor],
  ), reason ? make(
    "p",
    { class: "notice warn" },
    reason,
  ) : row && !row.plays ? say("p", "greetings.neverPlaysWhy", { class: "notice" }) : null, greeting.text && make(
    "blockquote",
    { lang: greeting.heard, class: "script" },
    greeting.text,
  ), make("div", { class: "players" }, phone.part, original.part), waveform(
    `${base}/waveform.svg`,
    words("greetings.waveform", { file: messageName(greeting.message) }),
  ), greeting.report && soundFacts(greeting.report), greeting.report && findings(greeting.report, (ms) => {
      phone.sound.currentTime = ms / 1000;
      return phone.sound.play();
    }),
    make(
      "div",
      { class: "row" },
      button(
        "greetings.putHere",
        () => putHere(greeting),
        {
          class: greeting.own ? "" : "primary",
          shape: "add",
          text: words(greeting.own ? "greetings.replace" : "greetings.putHere"),
        },
      ),
      greeting.own ? button("greetings.delete", () => remove(greeting), { class: "danger", shape: "bin" }) : null,
    ),
  ].filter(Boolean);
}

function putHere({ message, language }) {
  meantFor(message, language);
  open?.close();
  at("choose").focus();
  at("choose").click();
}

async function remove({ message, language }) {
  const named = { message: messageName(message), language: languageName(language) };
  if (!(await confirmed({
    title: words("greetings.deleteTitle"),
    text: words("greetings.deleteText", named),
    action: words("greetings.delete"),
    danger: true,
  }))) return;
  await ask(`/api/greetings/${encoded(message)}/${encoded(language)}`, { method: "DELETE" });
  open?.close();
  notice(words("greetings.deleted", named), "good");
  await refresh();
}

for (const [id, what] of [["only-playing", "playing"], ["only-gaps", "gaps"]]) {
  on(at(id), "change", (event) => {
    shown[what] = event.target.checked;
    drawGrid();
  });
}
on(at("also-form"), "submit", (event) => {
  event.preventDefault();
  go({ also: at("also").value.trim().split(/[\s]+/).filter(Boolean).join(",") });
});

takesFiles();
let [read, spoken] = [null, null];
page(() => {
  document.title = `${words("common.page.greetings")} – ${words("common.product")}`;
  at("also").value = here().also ?? "";
  const wanted = here().also ?? "";
  if (read !== wanted) {
    read = wanted;
    refresh();
  } else if (answer && spoken !== language()) {
    drawGrid();
    drawBench();
  }
  spoken = language();
  openNamed();
}).then(() => follow(look));

