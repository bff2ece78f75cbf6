// The settings of a tenant with their defaults, changed in place; beside them what the check of the configuration found.
import { address, ask, at, button, chip, empty, encoded, failure, fill, go, hasWords, here, make, on, page, redraw, Refusal, say, settled, spoken, words } from "./admin.js";
import { bareText, control, told, valueText } from "./setting-control.js";
import { follow, renew } from "./live.js";
import { remedyLinks } from "./remedies.js";
import { date } from "./words.js";

let [settings, findings] = [[], []];
const views = ["all", "changed", "findings", "retired"];

const meaning = ({ name, meaning: given }) => (hasWords(`setting.${name}`) ? words(`setting.${name}`) : given);
const groupOf = ({ name }) => name.split(".")[0];
const groupName = (group) => words(hasWords(`group.${group}`) ? `group.${group}` : "group.other");
const about = (setting) => findings.filter(({ subject }) => subject?.kind === "setting" && subject.name === setting.name);

/** Letters without their accents, so that both spellings are found. */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function wanted(setting) {
  const { search = "", show = "all" } = here();
  const text = plain([setting.name, meaning(setting), setting.meaning, groupName(groupOf(setting)), setting.value].join(" "));
  const isShown = {
    all: true,
    changed: !setting.isDefault,
    findings: about(setting).length > 0,
    retired: Boolean(setting.retired),
  }[show] ?? true;
  return isShown && plain(search).split(/\s+/).every((word) => text.includes(word));
}

function settingPart(setting) {
  const notes = about(setting);
  const body = make(
    "div",
    { class: "setting-text" },
    make("p", { id: `${setting.name}-meaning`, class: "setting-meaning" }, meaning(setting)),
    make(
      "p",
      { class: "row small" },
      make("code", { class: "faint" }, setting.name),
      setting.isDefault ? null : chip("settings.changed", "accent"),
      setting.retired ? chip("settings.retired", "warn", { date: date(setting.retired) }) : null,
    ),
    ...notes.map((finding) => make(
      "p",
      { class: `small row setting-finding ${finding.severity}` },
      chip(`finding.severity.${finding.severity}`, severities[finding.severity]),
      on(
        make("a", { href: `#finding-${findings.indexOf(finding)}` }, findingTitle(finding)),
        "click",
        () => areAllShown || findings.indexOf(finding) < firstFindings || showAll(),
      ),
    )),
  );
  const bounds = make("p", { class: "hint", id: `${setting.name}-range` }, rangeText(setting));
  const value = make(
    "div",
    { class: "setting-value stack tight" },
    control(setting, (given) => save(setting, given), renewList),
    setting.kind === "flag" ? null : bounds,
    setting.isDefault ? null : button(
      "settings.reset",
      () => reset(setting),
      { class: "quiet little start", shape: "undo", values: { value: valueText(setting, setting.default) } },
    ),
  );
  return make(
    "li",
    {
      class: setting.isDefault ? "setting" : "setting changed",
      id: setting.name,
      tabindex: "-1",
      "data-key": setting.name,
    },
    body,
    value,
  );
}

function rangeText(setting) {
  const usual = words("settings.default", { value: bareText(setting, setting.default) });
  if (setting.minimum === null || setting.maximum === null || !["count", "length"].includes(setting.kind)) return usual;
  const bound = (value) => bareText(setting, setting.kind === "length" ? `${value}s` : String(value));
  return `${words("settings.range", { min: bound(setting.minimum), max: bound(setting.maximum) })} · ${usual}`;
}

async function save(setting, value) {
  const answer = await ask(`/api/settings/${encoded(setting.name)}`, { method: "PUT", body: { value } });
  await replaced(answer.setting);
}

async function reset(setting) {
  const answer = await ask(`/api/settings/${encoded(setting.name)}`, { method: "DELETE" });
  await replaced(answer.setting);
}

/** Takes the setting as it is now, and asks anew what is found in the configuration. */
async function replaced(setting) {
  settings = settings.map((old) => (old.name === setting.name ? setting : old));
  told(setting);
  await readFindings();
  at(setting.name)?.replaceWith(settingPart(setting));
  renewList();
  const row = at(setting.name);
  (row?.querySelector("input, select, textarea, [role=switch]") ?? row)?.focus();
}

const drawList = () => at("list").replaceChildren(...listParts());

function listParts() {
  const found = settings.filter(wanted);
  at("found").textContent = words("settings.found", { count: found.length });
  at("view").replaceChildren(...views.map((view) => make(
    "option",
    { value: view, selected: view === (here().show ?? "all") },
    words(`settings.view.${view}`),
  )));
  const groups = [...new Set(found.map(groupOf))];
  if (!groups.length) return [make(
    "div",
    { class: "card" },
    empty("settings.noneFound", "settings.noneFoundHow", button("settings.showAll", () => go({}))),
  )];
  return groups.map((group) => make(
    "section",
    { class: "card setting-group", "aria-label": groupName(group), "data-group": group },
    make("h2", { class: "card-title" }, groupName(group)),
    make("ul", {}, ...found.filter((setting) => groupOf(setting) === group).map(settingPart)),
  ));
}

const severities = { error: "bad", warning: "warn", note: "accent" };
const findingTitle = ({ id }) => (hasWords(`finding.${id}`) ? words(`finding.${id}`) : id);

function findingPart(finding, index) {
  return make(
    "li",
    { class: "finding-item", id: `finding-${index}`, tabindex: "-1", "data-key": JSON.stringify(finding) },
    make(
      "div",
      { class: "row" },
      chip(`finding.severity.${finding.severity}`, severities[finding.severity]),
      make("h3", {}, findingTitle(finding)),
    ),
    spoken("p", finding, "message"),
    make("p", {}, say("span", "greetings.todo", { class: "label" }), " ", spoken("span", finding, "remedy")),
    subjectLinks(finding),
  );
}

/** Where a finding leads: to its setting, its user, its greeting; what is mended elsewhere is named. */
function subjectLinks(finding) {
  const links = remedyLinks(finding, settings.map(({ name }) => name));
  const { subject } = finding;
  if (!links.length) return subject?.name ? make("code", { class: "small faint" }, subject.name) : null;
  for (const link of links) {
    if (link.pathname === location.pathname && link.hash) on(link, "click", (event) => {
      event.preventDefault();
      reveal(decodeURIComponent(link.hash.slice(1)));
    });
  }
  return make("div", { class: "row" }, ...links);
}

function reveal(name) {
  if (!at(name)) go({});
  const row = at(name);
  row?.scrollIntoView({ block: "center" });
  // What is changed there, not the row around it.
  (row?.querySelector(".setting-value :is(input, select, textarea, [role=switch])") ?? row)?.focus({ preventScroll: true });
}

async function readFindings() {
  try {
    findings = (await ask("/api/findings")).findings;
    drawFindings();
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    at("findings").replaceChildren(failure(problem, readFindings));
  }
}

// A tenant of hundreds may have hundreds of findings; the first are shown until all are asked for.
const firstFindings = 25;
let areAllShown = false;

function drawFindings() {
  at("finding-count").textContent = findings.length ? words("settings.findingCount", { count: findings.length }) : "";
  if (!findings.length) return at("findings").replaceChildren(say("p", "settings.nothingFound", { class: "faint" }));
  const parts = (areAllShown ? findings : findings.slice(0, firstFindings)).map(findingPart);
  const left = findings.length - parts.length;
  const had = at("findings").querySelector("ul");
  if (had) renew(had, parts);
  return at("findings").replaceChildren(...[
    had ?? make("ul", { class: "finding-list" }, ...parts),
    left ? button("settings.allFindings", showAll, { class: "little", values: { count: left } }) : null,
  ].filter(Boolean));
}

function showAll() {
  areAllShown = true;
  drawFindings();
  at(`finding-${firstFindings}`)?.focus();
}

const filter = () => go(
  { search: at("search").value.trim(), show: at("view").value === "all" ? null : at("view").value },
  { replace: true },
);
on(at("search"), "input", settled(filter, 150));
on(at("view"), "change", filter);
on(at("filters"), "submit", (event) => {
  event.preventDefault();
  filter();
});

async function read() {
  settings = (await ask("/api/settings")).settings;
  await readFindings();
}

/** Draws the rows that are other than they were; where whole groups come or go, the list. */
function renewList() {
  const groups = new Map([...at("list").children].map((group) => [group.dataset.group, group]));
  const parts = listParts();
  // Where a filter finds nothing, there is no group.
  const isNew = ({ dataset }) => !dataset.group || !groups.has(dataset.group);
  if (parts.length !== groups.size || parts.some(isNew)) return redraw(at("list"), parts);
  for (const part of parts) renew(groups.get(part.dataset.group).querySelector("ul"), [...part.querySelector("ul").children]);
}

/** Looks at the server again: rows that are other than they were are drawn anew where they stand, but where one types. */
async function look() {
  if (!settings.length) return;
  const [answer, found] = [await ask("/api/settings"), await ask("/api/findings")];
  const [before, foundBefore] = [JSON.stringify(settings), JSON.stringify(findings)];
  if (JSON.stringify(answer.settings) === before && JSON.stringify(found.findings) === foundBefore) return;
  [settings, findings] = [answer.settings, found.findings];
  if (JSON.stringify(findings) !== foundBefore) drawFindings();
  renewList();
}

let begun = false;
page(() => {
  document.title = `${words("common.page.settings")} – ${words("common.product")}`;
  if (document.activeElement !== at("search")) at("search").value = here().search ?? "";
  if (begun) {
    if (!settings.length) return null;
    drawFindings();
    return drawList();
  }
  begun = true;
  return fill(at("list"), read, listParts).then(() => location.hash && reveal(decodeURIComponent(location.hash.slice(1))));
}).then(() => follow(look));
