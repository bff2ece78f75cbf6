// The page of one user: how it stands, what there is to verify with, what can be done.
import { address, button, chip, empty, english, facts, link, list, make, say, when, words } from "./admin.js";
import { devices, passes, phones } from "./user-methods.js";
import { signIn, standing } from "./user-parts.js";
import { acting, actions, none, part, question, reason } from "./user-sections.js";
import { languageName, wordsOr } from "./words.js";

/** Draws the page. `again` draws it from the server. */
export function userPage(user, again) {
  const act = acting(user, again);
  return [
    make(
      "div",
      { class: "stack tight" },
      link("/users", "users.back", { class: "button quiet little start", shape: "back" }),
      make("div", { class: "spread" }, make("h1", { tabindex: "-1", id: "user-title" }, user.name), standing(user)),
      make("p", { class: "faint" }, user.upn),
    ),
    make(
      "div",
      { class: "user-grid" },
      blocked(user, act),
      lockout(user, act),
      risk(user, act),
      phones(user, act),
      devices(user, act, again),
      passes(user, act),
      account(user, act),
      remembered(user, act),
      signIns(user),
    ),
  ];
}

function blocked(user, act) {
  const { block } = user;
  if (!block) {
    const asks = question("block", user, { fields: [reason] });
    return part(
      "users.part.block",
      none("users.notBlocked"),
      actions(button("users.act.block", () => act("block", { question: asks }), { class: "danger" })),
    );
  }
  const asks = question("unblock", user, { fields: [reason], danger: false });
  return part(
    "users.part.block",
    facts(
      ["users.fact.reason", english("span", block.reason)],
      ["column.since", when(block.since)],
      ["column.until", when(block.until)],
      ["column.by", words(`role.${block.by}`)],
    ),
    actions(button("users.act.unblock", () => act("unblock", { question: asks }), { class: "primary" })),
  );
}

function lockout(user, act) {
  const { lockedUntil, wrongPINs } = user;
  if (!lockedUntil && !wrongPINs) return part("users.part.lockout", none("users.notLocked"));
  const told = say("p", lockedUntil ? "users.lockedUntil" : "users.wrongPINs", {}, { count: wrongPINs });
  if (lockedUntil) told.append(" ", when(lockedUntil));
  return part("users.part.lockout", told, actions(button("users.act.unlock", () => act("unlock"))));
}

function risk(user, act) {
  const asking = (action, danger = false) => () => act(action, { question: question(action, user, { danger }) });
  if (!user.risks.length) {
    const compromised = button("users.act.confirmCompromised", asking("confirmCompromised", true), { class: "danger" });
    return part("users.part.risk", none("users.noRisk"), actions(compromised));
  }
  const risks = user.risks.map(({ at: time, kind, level }) => make(
    "li",
    { class: "row" },
    chip(`users.level.${level}`, "bad"),
    make("span", {}, wordsOr(`kind.${kind}`, kind)),
    when(time),
  ));
  return part(
    "users.part.risk",
    make("ul", { class: "stack tight" }, ...risks),
    actions(
      button("users.act.dismissRisk", asking("dismissRisk")),
      button("users.act.confirmSafe", asking("confirmSafe")),
    ),
  );
}

function account(user, act) {
  const enabled = user.enabled;
  return part(
    "users.part.account",
    facts(
      ["users.fact.account", chip(enabled ? "users.enabled" : "users.is.disabled", enabled ? "good" : "bad")],
      ["users.fact.state", words(`users.requirement.${user.state}`)],
      ["users.fact.language", user.language && languageName(user.language)],
      ["users.fact.groups", user.groups.length ? list(user.groups) : null],
      ["users.fact.guest", user.guest ? words("users.yes") : null],
      ["users.fact.appPassword", user.appPassword ? words("users.yes") : null],
      ["users.fact.must", must(user)],
    ),
    actions(
      button(
        enabled ? "users.act.disable" : "users.act.enable",
        () => act(
          "setEnabled",
          {
            body: { enabled: !enabled },
            done: enabled ? "users.done.disable" : "users.done.enable",
            question: enabled ? { ...question("disable", user) } : undefined,
          },
        ),
        { class: enabled ? "danger" : "primary" },
      ),
      button(
        "users.act.forcePasswordChange",
        () => act("forcePasswordChange", { question: question("forcePasswordChange", user, { danger: false }) }),
      ),
      button(
        "users.act.requireRegistration",
        () => act(
          "requireRegistration",
          { question: question("requireRegistration", user, { fields: [reason], danger: false }) },
        ),
      ),
      button(
        "users.act.resetMethods",
        () => act("resetMethods", { question: question("resetMethods", user, { fields: [reason] }) }),
        { class: "danger" },
      ),
    ),
  );
}

const must = (user) => [
  user.mustRegister && words("users.is.mustRegister"),
  user.mustChangePassword && words("users.is.mustChange"),
].filter(Boolean).join(", ");

function remembered(user, act) {
  const items = user.remembered.map(({ client, name, until }) => make(
    "li",
    { class: "row item" },
    make("span", { class: "item-name" }, wordsOr(`users.client.${client}`, client)),
    make("span", {}, name ?? ""),
    make("span", { class: "faint small end" }, words("column.until"), " ", when(until)),
  ));
  return part(
    "users.part.remembered",
    items.length ? make("ul", { class: "items" }, ...items) : none("users.noneRemembered"),
    actions(button(
      "users.act.revokeSessions",
      () => act("revokeSessions", { question: question("revokeSessions", user) }),
      { class: "danger" },
    )),
  );
}

function signIns(user) {
  const more = address("/reports", { log: "signIns", user: user.upn });
  const section = part(
    "users.part.signIns",
    ...(user.signIns.length ? [
      ...user.signIns.map(signIn),
      make("div", {}, link(more, "users.allSignIns", { class: "button little" })),
    ] : [empty("users.noSignIns", "users.noSignInsHow")]),
  );
  section.classList.add("wide");
  return section;
}
