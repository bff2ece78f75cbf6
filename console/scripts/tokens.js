// The hardware tokens of a tenant: the list of all, and a file of them on its way in.
import { address, announce, ask, at, button, chip, empty, encoded, failure, fill, go, here, icon, language, link, make, notice, number, on, Refusal, say, send, settled, shapes, size, spoken, table, tableRow, told, words } from "./admin.js";
import { renew, renewPager } from "./live.js";
import { tokenActions } from "./token-acts.js";
import { hasWords } from "./words.js";

const states = ["", "active", "inactive", "unassigned", "noKey"];
const limit = 50;
const columns = [
  { key: "tokens.column.serial" },
  { key: "column.user" },
  { key: "tokens.column.state" },
  { key: "tokens.column.model" },
  { key: "tokens.column.acts" },
];
const heading = "upn,serial number,secret key,time interval,manufacturer,model";

let mostBytes = 4_194_304;
let shown = null;

function row(token) {
  const { serial, user, active, hasKey, shared, interval, manufacturer, model } = token;
  const about = [manufacturer, model].filter(Boolean).join(" ");
  return tableRow(
    columns,
    [
      make("span", { class: "mono strong" }, serial),
      user ? make("a", { href: `${address("/users", { user })}#methods` }, user) : say("span", "tokens.nobody", { class: "faint" }),
      make(
        "span",
        { class: "row chips" },
        chip(active ? "users.token.active" : "users.token.inactive", active ? "good" : "warn"),
        hasKey ? null : chip("tokens.noKey", "bad"),
        shared ? chip("tokens.shared", "warn") : null,
      ),
      make(
        "span",
        {},
        about || make("span", { class: "faint" }, "–"),
        make("span", { class: "small faint block" }, words("tokens.interval", { count: interval })),
      ),
      make("span", { class: "row" }, ...tokenActions(token, refresh)),
    ],
    { "data-key": `${serial} ${user ?? ""}` },
  );
}

const asked = () => {
  const { search, state, skip } = here();
  return address("/api/tokens", { search, state, skip, limit });
};

function listed(answer) {
  const { search, state, skip } = here();
  mostBytes = answer.limit;
  shown = JSON.stringify(answer);
  const found = words("tokens.found", { count: answer.total });
  if (at("tokens-found").textContent !== found) at("tokens-found").textContent = found;
  const kept = { view: "tokens", search, state };
  if (!answer.tokens.length && skip) return empty("tokens.noneHere", null, link(address("/users", kept), "users.first"));
  if (!answer.tokens.length) return search || state ? empty(
    "tokens.noneFound",
    "users.noneFoundHow",
    link("/users?view=tokens", "tokens.showAll"),
  ) : empty("tokens.none", "tokens.noneHow", make("p", {}, make("code", { class: "small" }, heading)));
  const pager = skip || answer.next ? make(
    "nav",
    { class: "row pager", "aria-label": words("users.pages") },
    skip ? link(address("/users", kept), "users.first") : null,
    answer.next ? link(
      address("/users", { ...kept, skip: answer.next }),
      "users.next",
      { values: { count: limit } },
    ) : null,
  ) : null;
  return [table(words("users.view.tokens"), columns, answer.tokens.map(row)), pager];
}

/** Draws the list, and what its filters are. */
export function drawTokens() {
  const { search = "", state = "" } = here();
  if (document.activeElement !== at("token-search")) at("token-search").value = search;
  at("token-state").replaceChildren(...states.map((id) => make(
    "option",
    { value: id, selected: id === state },
    words(`tokens.state.${id || "all"}`),
  )));
  showIntake();
  return fill(at("tokens"), () => ask(asked()), listed);
}

/** Looks at the server again; what says the same stays as it stands. */
export async function refresh() {
  const place = location.href;
  const answer = await ask(asked());
  if (location.href !== place || JSON.stringify(answer) === shown) return;
  const body = at("tokens").querySelector("tbody");
  const parts = [listed(answer)].flat().filter(Boolean);
  const fresh = parts[0].querySelector?.("tbody");
  if (!body || !fresh) at("tokens").replaceChildren(...parts);
  else {
    renew(body, [...fresh.children]);
    renewPager(at("tokens"), parts[1]);
  }
}

// A file on its way in: {file, report or null, refusal or null}; null where there is none.
let given = null;
let intakeLanguage = null;

const posted = async (action, file) => (await send(`/api/tokens/${action}?name=${encoded(file.name)}`, file)).json();

/** Has a file looked into; nothing is stored by that. */
async function judge(file) {
  const turn = (given = { file, report: null, refusal: null });
  drawIntake();
  try {
    if (file.size > mostBytes) throw new Refusal(413, { id: "tooLarge", message: "" });
    turn.report = await posted("check", file);
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    turn.refusal = problem;
  }
  if (given !== turn) return;
  drawIntake();
  if (turn.report) tellVerdict();
  if (!isHere()) return;
  at("intake").scrollIntoView({ block: "nearest" });
  at("intake").querySelector("h2")?.focus();
}

const isHere = () => here().view === "tokens";
const tellVerdict = () => announce([...at("intake").querySelectorAll(".verdict p")].map(({ textContent }) => textContent).join(" "));

function clear() {
  given = null;
  drawIntake();
  at("import")?.focus();
}

async function take() {
  const { file } = given;
  let isTaken = false;
  try {
    const report = await posted("import", file);
    isTaken = true;
    given = report.wrong ? { file, report, refusal: null, isIn: true } : null;
    notice(words("tokens.imported", { count: report.imported }), "good");
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    // What was checked a while ago may be refused now: the answer says why.
    given = { file, report: problem.content?.intake ?? null, refusal: problem.content?.intake ? null : problem };
  }
  drawIntake();
  if (given?.report) tellVerdict();
  if (!isHere()) return;
  if (given) at("intake").querySelector("h2")?.focus();
  else at("import")?.focus();
  // What is in is in, whether or not the list can be read anew.
  if (isTaken) await refresh();
}

/** Stays as it stands when the list is asked for anew, so that nothing in it is read out again. */
function showIntake() {
  if (intakeLanguage === language()) at("intake").hidden = !given || !isHere();
  else drawIntake();
}

function drawIntake() {
  const place = at("intake");
  intakeLanguage = language();
  place.hidden = !given || !isHere();
  if (!given) return place.replaceChildren();
  const { file, report, refusal, isIn } = given;
  place.toggleAttribute("data-busy", !report && !refusal);
  return place.replaceChildren(...[
    make(
      "div",
      { class: "spread" },
      make("h2", { tabindex: "-1" }, file.name),
      button("greetings.takeAway", clear, { class: "quiet little", shape: "cross" }),
    ),
    refusal ? refusedFile(refusal, file) : null,
    !report && !refusal ? say("p", "tokens.checking", { role: "status", class: "faint" }) : null,
    ...(report ? judged(report, isIn) : []),
  ].filter(Boolean));
}

function refusedFile(refusal, file) {
  if (refusal.id !== "tooLarge") return failure(refusal, () => judge(file));
  return make(
    "div",
    { class: "verdict bad", role: "alert" },
    icon(shapes.cross),
    make(
      "div",
      {},
      say("p", told(refusal), { class: "verdict-word" }),
      say("p", "tokens.tooLarge", {}, { size: size(file.size), limit: size(mostBytes) }),
    ),
  );
}

function judged({ imported, wrong, problems, untold }, isIn) {
  const mood = !imported ? "bad" : wrong ? "warn" : "good";
  const verdict = make(
    "div",
    { class: `verdict ${mood}` },
    icon(shapes[mood === "good" ? "check" : mood === "warn" ? "warn" : "cross"]),
    make(
      "div",
      {},
      say("p", isIn ? "tokens.imported" : imported ? "tokens.canBe" : "tokens.nothing", { class: "verdict-word" }, { count: imported }),
      wrong ? say("p", "tokens.wrong", { class: "verdict-note" }, { count: wrong }) : null,
      isIn ? null : say("p", imported ? "tokens.notYet" : "tokens.nothingStored", { class: "verdict-note" }),
    ),
  );
  const found = problems.length ? make(
    "section",
    { class: "stack tight" },
    say("h3", "tokens.problems", {}, { count: problems.length + untold }),
    make("ul", { class: "findings" }, ...problems.map(problemPart)),
    untold ? say("p", "tokens.untold", { class: "faint" }, { count: untold }) : null,
  ) : null;
  const acts = isIn || !imported ? null : make(
    "div",
    { class: "row" },
    button("tokens.take", take, { class: "primary", values: { count: imported } }),
  );
  return [verdict, acts, found];
}

function problemPart(problem) {
  const { line, user, serial, field } = problem;
  const column = field && (hasWords(`tokens.field.${field.replace(" ", "-")}`) ? words(`tokens.field.${field.replace(" ", "-")}`) : field);
  return make(
    "li",
    { class: "finding bad" },
    make(
      "div",
      { class: "row" },
      make("span", { class: "strong" }, words("tokens.line", { line: number(line) })),
      column ? make("span", { class: "chip" }, column) : null,
      make("span", { class: "small faint" }, [user, serial].filter(Boolean).join(" · ")),
    ),
    spoken("p", problem, "message"),
    make("p", {}, say("span", "greetings.todo", { class: "label" }), " ", spoken("span", problem, "remedy")),
  );
}

const filter = () => go(
  { view: "tokens", search: at("token-search").value.trim(), state: at("token-state").value },
  { replace: true },
);

/** What the page has for the view: its button, its filters, its chooser of files. */
export function beginTokens() {
  on(at("token-search"), "input", settled(filter));
  on(at("token-state"), "change", filter);
  on(at("token-filters"), "submit", (event) => {
    event.preventDefault();
    filter();
  });
  const chooser = at("token-file");
  on(chooser, "change", () => {
    if (chooser.files.length) judge(chooser.files[0]);
    chooser.value = "";
  });
}

export const importButton = () => button(
  "tokens.import",
  () => at("token-file").click(),
  { class: "primary", shape: "upload", id: "import" },
);
