// The users of a tenant: the list with its search and filters, and the page of one of them.
import { address, ask, at, chip, empty, encoded, fill, go, here, link, make, on, page, say, settled, table, tableRow, words } from "./admin.js";
import { methodName, standing } from "./user-parts.js";
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
  );
}

function listed(answer) {
  const { search, state, after } = here();
  at("found").textContent = words("users.found", { count: answer.total });
  if (!answer.users.length) return search || state ? empty(
    "users.noneFound",
    "users.noneFoundHow",
    link("/users", "users.showAll"),
  ) : empty(
    "users.none",
    "users.noneHow",
    make("p", {}, make("code", {}, "poundkey user add")),
  );
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

function draw() {
  const { user, search = "", state = "", after } = here();
  at("list").hidden = Boolean(user);
  at("one").hidden = !user;
  document.title = `${user ?? words("common.page.users")} – ${words("common.product")}`;
  if (user) return fill(at("one"), () => ask(`/api/users/${encoded(user)}`), (answer) => userPage(answer, draw));
  at("one").replaceChildren();
  if (document.activeElement !== at("search")) at("search").value = search;
  at("state").replaceChildren(...states.map((id) => make(
    "option",
    { value: id, selected: id === state },
    words(`users.state.${id || "all"}`),
  )));
  return fill(at("users"), () => ask(address("/api/users", { search, state, after, limit })), listed);
}

const filter = () => go({ search: at("search").value.trim(), state: at("state").value }, { replace: true });
on(at("search"), "input", settled(filter));
on(at("state"), "change", filter);
on(at("filters"), "submit", (event) => {
  event.preventDefault();
  filter();
});

page(draw);
