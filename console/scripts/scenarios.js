// The scenarios that are here: found, run, looked at moment by moment, and opened in the phone.
import { address, announce, ask, at, button, chip, empty, english, facts, fill, go, here, icon, link, make, number, on, page, redraw, refused, say, settled, shapes, words } from "./admin.js";
import { timeline } from "./moments.js";
import { outcomeChip } from "./user-parts.js";
import { seconds } from "./words.js";

const together = 12;
let scenarios = [];
// Whether they were asked for, and whether they are here.
let [begun, known] = [false, false];
// Results by path and case; what cannot be run by path.
const results = new Map();
const invalid = new Map();
let running = null;
// The folders that a person opened.
const openFolders = new Set();

const nameOf = (path, name) => `${path}\n${name ?? ""}`;
const folderOf = ({ path }) => path.split("/").slice(0, -1).join("/") || ".";
const resultOf = (path, name) => results.get(nameOf(path, name));

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function wanted(scenario) {
  const { search = "", tag = "", show = "" } = here();
  const text = plain([scenario.path, scenario.title, ...scenario.tags].join(" "));
  if (tag && !scenario.tags.includes(tag)) return false;
  if (show && standing(scenario) !== show) return false;
  return plain(search).split(/\s+/).every((word) => text.includes(word));
}

/** What is known of a file: failed as soon as a case is, passed where all are. */
function standing({ path, cases }) {
  if (invalid.has(path)) return "failed";
  const known = cases.map(({ case: name }) => resultOf(path, name)?.status);
  if (known.includes("failed")) return "failed";
  if (!known.length || known.includes(undefined)) return "none";
  return known.includes("passed") ? "passed" : "skipped";
}

const marks = { passed: "good", failed: "bad", skipped: "warn" };
const resultChip = (status) => (marks[status] ? chip(`scenarios.${status}`, marks[status]) : null);

function scenarioPart(scenario) {
  const { path, title, tags, cases } = scenario;
  const chosen = here().path === path;
  const many = cases.length > 1 || cases[0]?.case;
  return make(
    "li",
    { class: chosen ? "scenario chosen" : "scenario", "data-path": path },
    make(
      "div",
      { class: "scenario-line" },
      make(
        "a",
        {
          class: "scenario-title",
          href: address("/scenarios", { ...here(), path, case: null }),
          "aria-current": chosen && "true",
        },
        title,
      ),
      make(
        "span",
        { class: "row end" },
        resultChip(standing(scenario)),
        button(
          null,
          () => run([scenario]),
          { class: "little", shape: "play", text: words("scenarios.run"), "aria-label": words("scenarios.runOne", { title }) },
        ),
      ),
    ),
    make(
      "p",
      { class: "row small faint" },
      make("code", {}, path),
      many ? say("span", "scenarios.cases", {}, { count: cases.length }) : null,
      ...tags.map((tag) => make("a", { class: "chip tag", href: address("/scenarios", { tag }) }, tag)),
    ),
  );
}

const drawList = () => redraw(at("list"), listParts());

function listParts() {
  const found = scenarios.filter(wanted);
  const cases = found.reduce((count, scenario) => count + scenario.cases.length, 0);
  at("found").textContent = words("scenarios.found", { count: found.length, cases });
  at("run").replaceChildren(
    icon(shapes.play),
    words(found.length === scenarios.length ? "scenarios.runAll" : "scenarios.runShown", { count: found.length }),
  );
  at("run").disabled = !found.length;
  drawFilters();
  if (!scenarios.length) return [empty(
    "scenarios.none",
    "scenarios.noneHow",
    make("p", {}, make("code", {}, "poundkey new my-first.yaml")),
  )];
  if (!found.length) return [empty("scenarios.noneFound", "scenarios.noneFoundHow", button("scenarios.showAll", () => go({})))];
  const folders = [...new Set(found.map(folderOf))];
  return folders.map((folder) => {
    const inside = found.filter((scenario) => folderOf(scenario) === folder);
    const runFolder = button(
      null,
      () => run(inside),
      {
        class: "little folder-run",
        shape: "play",
        text: words("scenarios.run"),
        "aria-label": words("scenarios.runFolderNamed", { folder }),
      },
    );
    const shown = make(
      "details",
      { open: openFolders.has(folder) || folders.length < 4 || inside.some(({ path }) => path === here().path) || inside.some((scenario) => standing(scenario) === "failed") },
      make(
        "summary",
        {},
        make("span", { class: "folder-name" }, folder),
        say("span", "scenarios.files", { class: "faint small" }, { count: inside.length }),
        folderResult(inside),
      ),
      make("ul", {}, ...inside.map(scenarioPart)),
    );
    on(shown.firstChild, "click", () => openFolders[shown.open ? "delete" : "add"](folder));
    return make("div", { class: "folder" }, shown, runFolder);
  });
}

function folderResult(inside) {
  const known = inside.map(standing).filter((status) => status !== "none");
  if (!known.length) return null;
  const failed = known.filter((status) => status === "failed").length;
  return failed ? chip("scenarios.failedOf", "bad", { count: failed }) : chip(
    "scenarios.allPassed",
    "good",
    { count: known.length },
  );
}

function drawFilters() {
  const tags = [...new Set(scenarios.flatMap(({ tags }) => tags))].sort();
  at("tag").replaceChildren(
    make("option", { value: "" }, words("scenarios.anyTag")),
    ...tags.map((tag) => make("option", { value: tag, selected: tag === here().tag }, tag)),
  );
  at("show").replaceChildren(...["", "failed", "passed", "none"].map((id) => make(
    "option",
    { value: id, selected: id === (here().show ?? "") },
    words(`scenarios.show.${id || "all"}`),
  )));
}

/** Runs files, a few at a time; what comes is shown as it comes, and a run can be stopped between. */
async function run(chosen, name) {
  if (running) return;
  const total = chosen.reduce((count, { cases }) => count + cases.length, 0);
  const count = (running = { stopped: false, done: 0, total, passed: 0, failed: 0 });
  drawProgress();
  try {
    for (let next = 0; next < chosen.length && !count.stopped; next += together) {
      const some = chosen.slice(next, next + together);
      keep(
        await ask(
          "/api/scenarios/run",
          { method: "POST", body: { paths: some.map(({ path }) => path), ...(name ? { case: name } : {}) } },
        ),
        count,
      );
      count.done += name ? 1 : some.reduce((sum, { cases }) => sum + cases.length, 0);
      drawProgress();
    }
  } catch (problem) {
    refused(problem);
  } finally {
    running = null;
  }
  const said = words(count.stopped ? "scenarios.stopped" : "scenarios.done", { passed: count.passed, failed: count.failed });
  drawProgress(said, count.failed ? "bad" : "good");
  announce(said);
  if (chosen.length === 1) go({ ...here(), path: chosen[0].path, case: name ?? null });
  else draw();
}

function keep(answer, count) {
  for (const result of answer.results) results.set(nameOf(result.path, result.name), result);
  for (const { path, problems } of answer.invalid ?? []) invalid.set(path, problems);
  for (const path of new Set(answer.results.map(({ path }) => path))) invalid.delete(path);
  count.passed += answer.passed;
  count.failed += answer.failed + (answer.invalid?.length ?? 0);
}

function drawProgress(said = null, kind = "") {
  const place = at("progress");
  place.hidden = !running && !said;
  const failed = kind === "bad" && link(
    address("/scenarios", { show: "failed" }),
    "scenarios.showFailed",
    { class: "button little" },
  );
  if (!running) return place.replaceChildren(...[said && make("p", { class: `chip ${kind}` }, said), failed].filter(Boolean));
  const { done, total, passed, failed: wrong } = running;
  place.replaceChildren(...[
    make("progress", { max: total, value: done, "aria-label": words("scenarios.progress") }),
    make("span", { class: "small" }, words("scenarios.progressText", { done, total })),
    chip("scenarios.passedCount", "good", { count: passed }),
    wrong ? chip("scenarios.failedOf", "bad", { count: wrong }) : null,
    button("scenarios.stop", () => (running.stopped = true), { class: "little", shape: "stop" }),
  ].filter(Boolean));
}

/** The scenario that the address names: its cases, and the timeline of one of them. */
function drawOne() {
  const { path, case: name } = here();
  const scenario = scenarios.find((each) => each.path === path);
  at("one").hidden = !path;
  if (!path) return at("one").replaceChildren();
  if (!scenario) return at("one").replaceChildren(empty("scenarios.noSuch", "scenarios.noSuchHow"));
  const many = scenario.cases.length > 1 || scenario.cases[0]?.case;
  const chosen = scenario.cases.find((each) => each.case === (name ?? null)) ?? scenario.cases[0];
  const head = make(
    "div",
    { class: "stack tight" },
    make("div", { class: "one-head" }, make("h2", { tabindex: "-1", id: "one-title" }, scenario.title), closer()),
    make("code", { class: "small faint" }, path),
    make(
      "div",
      { class: "row" },
      button("scenarios.run", () => run([scenario]), { shape: "play", class: "primary" }),
      many ? null : phoneButton(path, null),
    ),
  );
  const cases = many ? casesPart(scenario, chosen) : null;
  redraw(at("one"), [head, problemsPart(invalid.get(path)), cases, chosen ? casePart(scenario, chosen, many) : null]);
}

const closer = () => make(
  "a",
  {
    class: "button quiet little icon",
    href: address("/scenarios", { ...here(), path: null, case: null }),
    "aria-label": words("common.close"),
  },
  icon(shapes.cross),
);
const phoneButton = (path, name) => button("scenarios.openInPhone", () => openInPhone(path, name), { shape: "phone" });

function casesPart(scenario, chosen) {
  return make("ul", { class: "cases", "aria-label": words("scenarios.casesLabel") }, ...scenario.cases.map((each) => {
    const isChosen = each === chosen;
    return make(
      "li",
      {},
      make(
        "a",
        {
          href: address("/scenarios", { ...here(), case: each.case }),
          "aria-current": isChosen && "true",
          class: isChosen ? "case chosen" : "case",
        },
        make("span", {}, each.case ?? each.title),
        resultChip(resultOf(scenario.path, each.case)?.status),
      ),
    );
  }));
}

function casePart(scenario, chosen, many) {
  const result = resultOf(scenario.path, chosen.case);
  const title = many ? make(
    "div",
    { class: "spread" },
    make("h3", {}, chosen.case ?? chosen.title),
    make(
      "div",
      { class: "row" },
      button("scenarios.runCase", () => run([scenario], chosen.case), { class: "little", shape: "play" }),
      phoneButton(scenario.path, chosen.case),
    ),
  ) : null;
  if (!result) return make("section", { class: "stack tight" }, title, empty("scenarios.notRun", "scenarios.notRunHow"));
  return make(
    "section",
    { class: "stack tight" },
    title,
    make(
      "div",
      { class: "row" },
      resultChip(result.status),
      result.result ? outcomeChip(result.result) : null,
      make("span", { class: "faint small" }, words("scenarios.took", { length: seconds(result.length) })),
    ),
    result.skipReason ? english("p", result.skipReason, { class: "faint" }) : null,
    problemsPart(result.problems),
    ...(result.moments.length ? timeline(result.moments, result.length) : [say(
      "p",
      "scenarios.noMoments",
      { class: "faint" },
    )]),
    facts(["scenarios.seed", number(result.seed)], ["scenarios.rules", result.rules?.join(", ")]),
  );
}

/** What was not as expected, each with its line and what to do. */
function problemsPart(problems) {
  if (!problems?.length) return null;
  return make(
    "ul",
    { class: "problems", "aria-label": words("scenarios.problems") },
    ...problems.map(({ id, severity, message, file, line, quote, label, notes = [] }) => make(
      "li",
      { class: `problem ${severity}`, lang: "en" },
      make("p", { class: "strong" }, message),
      make("p", { class: "small faint mono" }, [file, line].filter(Boolean).join(":"), ` · ${id}`),
      quote ? make(
        "pre",
        { class: "quote mono small", tabindex: "0", role: "group", "aria-label": words("scenarios.line", { line }) },
        [
          quote.before,
          quote.line,
          `${" ".repeat(quote.offset)}${"^".repeat(quote.length)} ${label ?? ""}`,
        ].filter((text) => text !== null).join("\n"),
      ) : null,
      ...notes.map(({ text, kind }) => make("p", { class: "small" }, make("strong", {}, `${kind}: `), text)),
    )),
  );
}

async function openInPhone(path, name) {
  await ask("/api/room/open", { method: "POST", body: { path, ...(name ? { case: name } : {}) } });
  location.assign("/");
}

function draw() {
  document.title = `${words("common.page.scenarios")} – ${words("common.product")}`;
  if (document.activeElement !== at("search")) at("search").value = here().search ?? "";
  if (!known) return;
  drawList();
  drawOne();
}

const filter = () => go(
  { search: at("search").value.trim(), tag: at("tag").value, show: at("show").value, path: here().path, case: here().case },
  { replace: true },
);
on(at("search"), "input", settled(filter, 150));
for (const id of ["tag", "show"]) on(at(id), "change", filter);
on(at("filters"), "submit", (event) => {
  event.preventDefault();
  filter();
});
on(at("run"), "click", () => run(scenarios.filter(wanted)));

let shownPath = null;
page(() => {
  draw();
  const { path } = here();
  if (path && path !== shownPath && known) at("one-title")?.focus();
  shownPath = path;
  if (begun) return null;
  begun = true;
  return fill(at("list"), () => ask("/api/scenarios"), (answer) => {
    scenarios = answer.scenarios;
    known = true;
    for (const { path: named, invalid: problems } of scenarios) if (problems) invalid.set(named, problems);
    drawOne();
    return listParts();
  });
});

