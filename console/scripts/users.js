// The users of a tenant: the list with its search and filters, and the page of one of them; beside it the list of tokens.
import { address, announce, ask, at, button, chip, empty, encoded, fill, go, here, link, list, make, on, page, Refusal, say, settled, table, tableRow, words } from "./admin.js";
import { follow, renew, renewPager } from "./live.js";
import { beginTokens, drawTokens, importButton, refresh as refreshTokens } from "./tokens.js";
import { methodName, standing } from "./user-parts.js";
import { addUser } from "./user-add.js";
import { userPage } from "./user-page.js";

const states = ["", "blocked", "locked", "risk", "reported", "disabled", "noMethod"];
const limit = 50;
const columns = [
  { key: "users.column.user" },
  { key: "users.column.standing" },
  { key: "users.column.methods" },
  { key: "users.column.phones" },
  { key: "users.column.more" },
];
// What is drawn, as the server said it; and who was added just now.
let [shown, added] = [null, null];

function row(user) {
  const name = make(
    "a",
    { href: address("/users", { user: user.upn }), class: "user-link" },
    make("span", { class: "user-name" }, user.name),
    make("span", { class: "small faint block" }, user.upn),
  );
  const more = [
    user.tokens > 0 && chip("users.tokens", "", { count: user.tokens }),
    user.pass && chip(`users.pass.${user.pass}`, user.pass === "valid" ? "accent" : ""),
    user.language && make("span", { class: "chip" }, user.language),
  ].filter(Boolean);
  return tableRow(
    columns,
    [
      name,
      standing(user),
      user.methods.length ? user.methods.map(methodName).join(", ") : say("span", "users.noMethod", { class: "chip bad" }),
      user.phones.length ? make(
        "span",
        { class: "mono small" },
        ...user.phones.map(({ number }) => make("span", { class: "block" }, number)),
      ) : null,
      more.length ? make("span", { class: "row" }, ...more) : null,
    ],
    { "data-key": user.upn },
  );
}

async function add() {
  added = await addUser();
  if (added) go({ user: added });
}

const addButton = (id) => button("users.add.open", add, { class: "primary", shape: "add", id });

const asked = () => {
  const { search, state, after } = here();
  return address("/api/users", { search, state, after, limit });
};

function listed(answer) {
  const { search, state, after } = here();
  shown = JSON.stringify(answer);
  const found = words("users.found", { count: answer.total });
  if (at("found").textContent !== found) at("found").textContent = found;
  if (!answer.users.length) return search || state ? empty(
    "users.noneFound",
    "users.noneFoundHow",
    link("/users", "users.showAll"),
  ) : empty("users.none", "users.noneHow", addButton());
  const pager = make(
    "nav",
    { class: "row pager", "aria-label": words("users.pages") },
    after ? link(address("/users", { search, state }), "users.first") : null,
    answer.next ? link(
      address("/users", { search, state, after: answer.next }),
      "users.next",
      { values: { count: limit } },
    ) : null,
  );
  return [table(words("common.page.users"), columns, answer.users.map(row)), after || answer.next ? pager : null];
}

const one = (answer) => {
  shown = JSON.stringify(answer);
  return userPage(answer, draw);
};

function draw() {
  const { user, view } = here();
  at("list").hidden = Boolean(user);
  at("one").hidden = !user;
  document.title = `${user ?? words(view === "tokens" ? "users.view.tokens" : "common.page.users")} – ${words("common.product")}`;
  if (user) return fill(at("one"), () => ask(`/api/users/${encoded(user)}`), one).then(reveal);
  at("one").replaceChildren();
  drawViews(view === "tokens" ? "tokens" : "people");
  return view === "tokens" ? drawTokens() : drawPeople();
}

/** Puts the focus where the page of a user is wanted for: the name of who is new, or the section that a link leads to. */
function reveal() {
  if (added && here().user === added) {
    added = null;
    return at("user-title")?.focus();
  }
  const part = location.hash && at(decodeURIComponent(location.hash.slice(1)));
  if (!part || !at("one").contains(part) || reveal.done === location.href) return null;
  reveal.done = location.href;
  part.scrollIntoView({ block: "center" });
  return part.focus({ preventScroll: true });
}

function drawViews(chosen) {
  at("people-view").hidden = chosen !== "people";
  at("token-view").hidden = chosen !== "tokens";
  if (chosen !== "tokens") at("intake").hidden = true;
  const views = { people: "/users", tokens: "/users?view=tokens" };
  at("views").replaceChildren(...Object.entries(views).map(([view, href]) => make(
    "li",
    {},
    say("a", `users.view.${view}`, { href, "aria-current": view === chosen && "page" }),
  )));
  at("page-actions").replaceChildren(chosen === "tokens" ? importButton() : addButton("add"));
}

function drawPeople() {
  const { search = "", state = "" } = here();
  if (document.activeElement !== at("search")) at("search").value = search;
  at("state").replaceChildren(...states.map((id) => make(
    "option",
    { value: id, selected: id === state },
    words(`users.state.${id || "all"}`),
  )));
  return fill(at("users"), () => ask(asked()), listed);
}

/** Looks at the server again, and draws what is other than it was where it stands. */
async function look() {
  const { user, view } = here();
  if (document.querySelector("#list [aria-busy], #one[aria-busy]")) return;
  if (user) await lookAtUser(user);
  else if (view === "tokens") await refreshTokens();
  else await lookAtPeople();
}

async function lookAtPeople() {
  const place = location.href;
  const answer = await ask(asked());
  if (location.href !== place || JSON.stringify(answer) === shown) return;
  const parts = [listed(answer)].flat().filter(Boolean);
  const [body, fresh] = [at("users").querySelector("tbody"), parts[0].querySelector("tbody")];
  if (!body || !fresh) return at("users").replaceChildren(...parts);
  renew(body, [...fresh.children]);
  renewPager(at("users"), parts[1]);
}

async function lookAtUser(upn) {
  const place = location.href;
  let answer;
  try {
    answer = await ask(`/api/users/${encoded(upn)}`);
  } catch (problem) {
    if (problem instanceof Refusal && problem.status === 404 && location.href === place && shown) {
      shown = null;
      return draw();
    }
    throw problem;
  }
  const [head, grid] = [...at("one").children];
  if (location.href !== place || JSON.stringify(answer) === shown || !grid) return null;
  const [newHead, newGrid] = one(answer);
  if (!head.isEqualNode(newHead)) renewHead(head, newHead);
  const changed = renew(grid, [...newGrid.children]).filter(Boolean);
  if (changed.length) announce(words("users.changed", { parts: list(changed.map((key) => words(key))) }));
  return null;
}

/** The name keeps the focus where it has it. */
function renewHead(head, newHead) {
  const had = head.contains(document.activeElement) ? document.activeElement : null;
  const same = had && (had.id ? newHead.querySelector(`#${had.id}`) : newHead.querySelector(`${had.localName}[href]`));
  head.replaceWith(newHead);
  same?.focus({ preventScroll: true });
}

const filter = () => go({ search: at("search").value.trim(), state: at("state").value }, { replace: true });
on(at("search"), "input", settled(filter));
on(at("state"), "change", filter);
on(at("filters"), "submit", (event) => {
  event.preventDefault();
  filter();
});
beginTokens();

page(draw).then(() => follow(look));
