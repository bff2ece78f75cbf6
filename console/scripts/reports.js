// The logs of a tenant, newest first: filtered, opened in place, taken away as CSV.
import { address, announce, ask, at, button, chip, empty, english, fill, go, hasWords, here, icon, link, make, on, page, say, settled, shapes, tableRow, when, words } from "./admin.js";
import { follow } from "./live.js";
import { decisions, outcomeChip } from "./user-parts.js";
import { momentText } from "./moments.js";
import { wordsOr } from "./words.js";

const logs = ["signIns", "audit", "risk", "calls", "messages", "blocked"];
const first = 200;
// What a row shows before it is opened; the rest is in the record.
const leading = {
  signIns: [
    "at",
    "user",
    "outcome",
    "method",
    "number",
  ], audit: ["at", "activity", "user", "reason", "by"], risk: ["at", "user", "state", "kind"],
  calls: ["at", "call", "user", "moment"], messages: [
    "at",
    "user",
    "kind",
    "recipient",
    "message",
  ], blocked: ["user", "since", "until", "by", "reason"],
};
const narrowed = ["outcome", "method", "activity", "kind"];

// The answer that is drawn.
let shown = null;

const chosen = () => {
  const { log, ...rest } = here();
  return { log: logs.includes(log) ? log : "signIns", ...rest };
};

const valueKeys = {
  outcome: (value) => `outcome.${value}`, method: (value) => `methodName.${value}`, activity: (value) => `activity.${value}`, kind: (value) => `kind.${value}`,
  state: (value) => `risk.${value}`, role: (value) => `role.${value}`,
};
const valueName = (column, value) => wordsOr(valueKeys[column]?.(value) ?? value, value);

/** A cell as people read it. */
function cell(column, value, record) {
  if (value === null || value === undefined) {
    if (column === "by" && record.role) return valueName("role", record.role);
    return make("span", { class: "faint" }, "–");
  }
  switch (column) {
    case "at": case "since": case "until": return when(value, { dateStyle: "medium", timeStyle: "medium" });
    case "user": return make("a", { href: address("/users", { user: value }) }, value);
    case "outcome": return outcomeChip(value);
    case "state": return chip(`risk.${value}`, value === "atRisk" ? "bad" : "good");
    case "by": return hasWords(`role.${value}`) ? words(`role.${value}`) : value;
    case "moment": return momentText(value);
    case "message": return english("span", value.subject ?? value.words ?? value.what ?? JSON.stringify(value));
    case "reason": case "text": return english("span", value);
    case "number": case "recipient": case "call": return make("span", { class: "mono" }, value);
    default: return valueName(column, String(value));
  }
}

/** The whole record, as it is written: each field with its name. */
function whole(record) {
  const pairs = Object.entries(record).flatMap(([name, value]) => [
    say("dt", hasWords(`column.${name}`) ? `column.${name}` : name),
    make("dd", {}, field(name, value, record)),
  ]);
  return make("dl", { class: "facts whole" }, ...pairs);
}

function field(name, value, record) {
  if (name === "why" && Array.isArray(value)) return decisions(value);
  if (value && typeof value === "object") return make(
    "pre",
    { class: "mono small", lang: "en", tabindex: "0", role: "group", "aria-label": words(`column.${name}`) },
    JSON.stringify(value, null, 2),
  );
  if (name === "at" || name === "since" || name === "until") return make(
    "span",
    {},
    when(value, { dateStyle: "full", timeStyle: "long" }),
    make("span", { class: "faint small mono block" }, value),
  );
  if (name === "outcome") return make(
    "span",
    { class: "row" },
    outcomeChip(value),
    make("code", { class: "faint small" }, value),
  );
  if (name === "activity") return make(
    "span",
    {},
    valueName(name, value),
    english("span", value, { class: "faint small block" }),
  );
  return cell(name, value, record);
}

function rows(columns, records) {
  return records.flatMap((record, index) => {
    const id = `record-${index}`;
    const opener = make(
      "button",
      {
        class: "button quiet icon little opener",
        type: "button",
        "aria-expanded": "false",
        "aria-controls": id,
        "aria-label": words("reports.open"),
      },
      icon(shapes.open),
    );
    const shown = tableRow(
      [{ key: "reports.record", class: "opening" }, ...columns],
      [opener, ...columns.map(({ name }) => cell(name, record[name], record))],
      { class: "opens" },
    );
    const body = make(
      "tr",
      { role: "row", class: "opened", id, hidden: true },
      make("td", { role: "cell", colspan: columns.length + 1 }),
    );
    const turn = () => {
      if (!body.firstChild.firstChild) body.firstChild.append(whole(record));
      body.hidden = !body.hidden;
      opener.setAttribute("aria-expanded", String(!body.hidden));
    };
    on(opener, "click", turn);
    on(shown, "click", (event) => !event.target.closest("a, button") && !getSelection().toString() && turn());
    return [shown, body];
  });
}

const askedFor = (more = {}) => {
  const { log, since, until, last, ...rest } = chosen();
  return address(`/api/logs/${log}`, { ...rest, since: since && midnight(since), until: until && midnight(until, 1), ...more });
};

/** The instant at which a day begins where the reader is; `later` days on. Until a day means until its end. */
function midnight(day, later = 0) {
  const [year, month, date] = day.split("-").map(Number);
  const instant = new Date(year, month - 1, date + later);
  return Number.isNaN(instant.getTime()) ? day : instant.toISOString().replace(".000Z", "Z");
}

function drawn(answer) {
  const { log, last, ...filters } = chosen();
  shown = answer;
  at("news").hidden = true;
  at("news").replaceChildren();
  furnish(answer.filters ?? {});
  const count = answer.rows.length;
  at("found").textContent = count === 0 ? "" : words(answer.more ? "reports.foundMore" : "reports.found", { count });
  at("csv").hidden = !count;
  at("clear").hidden = !Object.entries(filters).some(([name, value]) => value && name !== "last");
  if (!count) {
    const narrowedDown = Object.values(filters).some(Boolean);
    return narrowedDown ? empty(
      "reports.noneFound",
      "reports.noneFoundHow",
      link(address("/reports", { log }), "reports.clear"),
    ) : empty(`reports.none.${log}`, `reports.noneHow.${log}`, make(
      "p",
      { class: "row empty-acts" },
      link("/", "reports.toRoom"),
      elsewhere[log] ? link(elsewhere[log].href, elsewhere[log].key) : null,
    ));
  }
  const columns = leading[log].filter((name) => answer.columns.includes(name)).map((name) => ({ key: `column.${name}`, name }));
  const heads = [
    say("th", "reports.record", { scope: "col", role: "columnheader", class: "opening" }),
    ...columns.map(({ key }) => say("th", key, { scope: "col", role: "columnheader" })),
  ];
  heads[0].replaceChildren(say("span", "reports.record", { class: "visually-hidden" }));
  const table = make(
    "table",
    { class: "cards records", role: "table", "aria-label": words(`reports.log.${log}`) },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...heads)),
    make("tbody", { role: "rowgroup" }, ...rows(columns, answer.rows)),
  );
  const older = answer.more ? make(
    "div",
    { class: "row pager" },
    button("reports.older", () => go({ ...chosen(), last: count * 2 }, { replace: true })),
  ) : null;
  return [table, older];
}

/** What would bring something into a log that is empty, on the other pages. */
const elsewhere = {
  risk: { href: "/settings#reportActivity.state", key: "reports.toSetting" },
  blocked: { href: "/users", key: "reports.toUsers" },
  audit: { href: "/users", key: "reports.toUsers" },
};

/** Looks at the server again. What one reads stays where it is: what is new is told above it, and drawn when it is asked for. */
async function look() {
  const place = location.href;
  if (!shown || at("rows").hasAttribute("aria-busy")) return;
  const answer = await ask(askedFor({ last: chosen().last ?? first }));
  if (location.href !== place || !shown) return;
  const count = news(answer);
  if (count === 0) return;
  if (!shown.rows.length) return at("rows").replaceChildren(...[drawn(answer)].flat().filter(Boolean));
  const show = () => {
    at("rows").replaceChildren(...[drawn(answer)].flat().filter(Boolean));
    at("rows").querySelector(".opener")?.focus();
  };
  const key = count === null ? "reports.changed" : count === answer.rows.length && answer.more ? "reports.newMore" : "reports.new";
  const line = newsButton(key, count, show);
  const had = at("news").contains(document.activeElement);
  at("news").hidden = false;
  at("news").replaceChildren(line);
  if (had) line.focus();
  tell(line.textContent);
}

/** Reads it out, and not again for a while: a busy room brings a record every few seconds. */
function tell(text) {
  const now = performance.now();
  if (tell.last !== undefined && now - tell.last < 15_000) return;
  tell.last = now;
  announce(text);
}

const newsButton = (key, count, show) => button(key, show, { class: "little news", values: { count } });

/** How many rows came since those that are shown; null where rows went or changed, and nobody counts them. */
function news(answer) {
  // Rows are in the order of their times, which need not be the order in which they were written.
  const sequences = shown.rows.map(({ sequence }) => sequence).filter((sequence) => sequence !== undefined);
  if (sequences.length) {
    const newest = sequences.reduce((one, other) => Math.max(one, other));
    return answer.rows.filter(({ sequence }) => sequence > newest).length;
  }
  if (JSON.stringify(answer.rows) === JSON.stringify(shown.rows)) return 0;
  return shown.rows.length ? null : answer.rows.length;
}

/** Spreadsheets split at a semicolon where their region writes numbers with a decimal comma. */
const separator = () => (new Intl.NumberFormat(navigator.languages).format(1.5).includes(",") ? "semicolon" : "comma");

/** The choices of the filters, which the log itself names. */
function furnish(filters) {
  for (const name of narrowed) {
    const field = at(`${name}-field`);
    field.hidden = !filters[name];
    if (!filters[name]) continue;
    const value = chosen()[name] ?? "";
    const options = filters[name].map((id) => [id, valueName(name, id)]).sort(([, left], [, right]) => left.localeCompare(right, document.documentElement.lang));
    at(name).replaceChildren(
      make("option", { value: "" }, words("reports.any")),
      ...options.map(([id, text]) => make("option", { value: id, selected: id === value }, text)),
    );
  }
}

function draw() {
  const { log, user = "", since = "", until = "", last = first } = chosen();
  document.title = `${words(`reports.log.${log}`)} – ${words("common.product")}`;
  drawTabs(log, user);
  at("about").textContent = words(`reports.about.${log}`);
  for (const [id, value] of [
    ["user", user],
    ["since", since],
    ["until", until],
  ]) if (document.activeElement !== at(id)) at(id).value = value;
  at("times").hidden = log === "blocked";
  at("csv").href = askedFor({ format: "csv", spreadsheet: separator() });
  shown = null;
  return fill(at("rows"), () => ask(askedFor({ last })), drawn);
}

/** The tabs stay the elements that they are: who leaves a field by pressing one has pressed it. */
function drawTabs(log, user) {
  const place = at("logs");
  if (!place.children.length) place.append(...logs.map((id) => make("li", {}, make("a", { "data-log": id }))));
  for (const tab of place.querySelectorAll("a")) {
    const id = tab.dataset.log;
    tab.href = address("/reports", { log: id, user });
    tab.textContent = words(`reports.log.${id}`);
    tab.toggleAttribute("aria-current", id === log);
    if (id !== log) continue;
    tab.setAttribute("aria-current", "page");
    // Beside the others on a narrow screen, where they scroll.
    place.scrollLeft = tab.offsetLeft - place.offsetLeft - 16;
  }
}

function filter() {
  const values = Object.fromEntries(["user", ...narrowed, "since", "until"].filter((id) => !at(`${id}-field`)?.hidden).map((id) => [id, at(id).value.trim()]));
  const { log, last, ...before } = chosen();
  if (Object.keys({ ...values, ...before }).some((id) => (values[id] ?? "") !== (before[id] ?? ""))) go({ log, ...values }, { replace: true });
}
on(at("filters"), "submit", (event) => {
  event.preventDefault();
  meant();
});

const isAddress = (text) => /^\S+@\S+$/.test(text);
const people = async (text) => (await ask(address("/api/users", { search: text, limit: 8 }))).users;

/** While a name is typed, the users that it may mean are offered; a log takes a whole address. */
async function suggest() {
  const text = at("user").value.trim();
  at("no-user").textContent = "";
  if (!text || isAddress(text)) return filter();
  const found = await people(text).catch(() => []);
  return at("people").replaceChildren(...found.map(({ upn, name }) => make("option", { value: upn }, name)));
}

/** A name that was typed to its end stands for the first user it may mean. */
async function meant() {
  const text = at("user").value.trim();
  if (!text || isAddress(text)) return filter();
  const [first] = await people(text).catch(() => []);
  if (first) at("user").value = first.upn;
  else at("no-user").textContent = words("reports.noUser");
  return first && filter();
}
on(at("user"), "input", settled(suggest, 300));
on(at("user"), "change", meant);
for (const id of [...narrowed, "since", "until"]) on(at(id), "change", filter);
on(at("clear"), "click", () => go({ log: chosen().log }));

page(draw).then(() => follow(look));

