// The page of one user: how it stands, what there is to verify with, what can be done.
import { address, announce, ask, at, button, chip, empty, encoded, english, facts, hasWords, iconButton, link, list, make, notice, say, when, words } from "./admin.js";
import { asked, shownOnce } from "./admin-dialog.js";
import { methodName, signIn, standing } from "./user-parts.js";

/** Draws the page. `again` draws it from the server. */
export function userPage(user, again) {
  const act = acting(user, again);
  return [
    make("div", { class: "stack tight" }, link("/users", "users.back", { class: "button quiet little start", shape: "back" }),
      make("div", { class: "spread" }, make("h1", { tabindex: "-1", id: "user-title" }, user.name), standing(user)),
      make("p", { class: "faint" }, user.upn)),
    make("div", { class: "user-grid" }, ...blocks(user, act), phones(user, act), devices(user, act), passes(user, act), account(user, act), remembered(user, act), signIns(user)),
  ];
}

/** Does an action on the user, after what it asks for, and shows the page anew. Answers what the server said, or null. */
function acting(user, again) {
  return async (action, { question, body = {}, done } = {}) => {
    const given = question ? await asked(question) : {};
    if (!given) return null;
    const answer = await ask(`/api/users/${encoded(user.upn)}/${action}`, { method: "POST", body: { ...body, ...given } });
    const said = words(done ?? `users.done.${action}`, { name: user.name });
    await again();
    notice(said, "good");
    at("user-title")?.focus();
    return answer;
  };
}

const reason = { id: "reason", key: "users.reason", hint: "users.reasonHint", required: true, maxlength: "200" };

/** A question before an action, from its words: title and text. */
const question = (action, user, { fields = [], danger = true } = {}) => ({
  title: words(`users.ask.${action}.title`), text: words(`users.ask.${action}.text`, { name: user.name }), action: words(`users.act.${action}`), danger, fields,
});

const part = (key, ...children) => make("section", { class: "card stack tight", "aria-label": words(key) }, say("h2", key, { class: "card-title" }), ...children.filter(Boolean));
const actions = (...buttons) => make("div", { class: "row actions" }, ...buttons.filter(Boolean));
const none = (key) => say("p", key, { class: "faint" });

function blocks(user, act) {
  const { block, risks } = user;
  const blocked = block
    ? [facts(["users.fact.reason", english("span", block.reason)], ["column.since", when(block.since)], ["column.until", when(block.until)], ["column.by", words(`role.${block.by}`)]),
      actions(button("users.act.unblock", () => act("unblock", { question: question("unblock", user, { fields: [reason], danger: false }) }), { class: "primary" }))]
    : [none("users.notBlocked"), actions(button("users.act.block", () => act("block", { question: question("block", user, { fields: [reason] }) }), { class: "danger" }))];
  const locked = user.lockedUntil ? say("p", "users.lockedUntil", {}, { count: user.wrongPINs }) : user.wrongPINs ? say("p", "users.wrongPINs", {}, { count: user.wrongPINs }) : none("users.notLocked");
  if (user.lockedUntil) locked.append(" ", when(user.lockedUntil));
  const risk = risks.length
    ? [make("ul", { class: "stack tight" }, ...risks.map(({ at: time, kind, level }) => make("li", { class: "row" }, chip(`users.level.${level}`, "bad"), make("span", {}, hasWords(`kind.${kind}`) ? words(`kind.${kind}`) : kind), when(time)))),
      actions(button("users.act.dismissRisk", () => act("dismissRisk", { question: question("dismissRisk", user, { danger: false }) })), button("users.act.confirmSafe", () => act("confirmSafe", { question: question("confirmSafe", user, { danger: false }) })))]
    : [none("users.noRisk"), actions(button("users.act.confirmCompromised", () => act("confirmCompromised", { question: question("confirmCompromised", user) }), { class: "danger" }))];
  return [part("users.part.block", ...blocked), part("users.part.lockout", locked, user.lockedUntil || user.wrongPINs ? actions(button("users.act.unlock", () => act("unlock"))) : null), part("users.part.risk", ...risk)];
}

const kinds = ["mobile", "alternate", "office"];

function phones(user, act) {
  const rows = user.phones.map(({ kind, number: masked }) => make("li", { class: "row item" }, make("span", { class: "item-name" }, words(`users.phone.${kind}`)), make("span", { class: "mono" }, masked),
    make("span", { class: "end row" }, iconButton("pencil", words("users.phone.change", { kind: words(`users.phone.${kind}`) }), () => set(kind)),
      iconButton("bin", words("users.phone.delete", { kind: words(`users.phone.${kind}`) }), () => act("deletePhone", { body: { kind }, question: question("deletePhone", user) })))));
  const set = (kind) => act("setPhone", { question: { title: words("users.act.setPhone"), text: words("users.ask.setPhone.text"), action: words("users.save"),
    fields: [{ id: "kind", key: "users.phone.kind", kind: "choice", value: kind, choices: kinds.map((id) => [id, words(`users.phone.${id}`)]) }, { id: "number", key: "column.number", hint: "users.phone.hint", required: true, inputmode: "tel", placeholder: "+33 612345678" }] } });
  return part("users.part.phones", rows.length ? make("ul", { class: "items" }, ...rows) : none("users.noPhones"), actions(button("users.act.setPhone", () => set(kinds.find((kind) => !user.phones.some((phone) => phone.kind === kind)) ?? "mobile"), { shape: "add" })));
}

function devices(user, act) {
  const items = [
    ...user.apps.map((device) => make("li", { class: "row item" }, say("span", "users.app", { class: "item-name" }), make("span", {}, device),
      make("span", { class: "end" }, iconButton("bin", words("users.act.removeDevice", { device }), () => act("removeDevice", { body: { device }, question: { ...question("removeDevice", user), action: words("users.remove") } }))))),
    ...user.passkeys.map((key) => make("li", { class: "row item" }, say("span", "users.passkey", { class: "item-name" }), make("span", {}, key))),
    ...user.tokens.map((token) => make("li", { class: "row item" }, say("span", "users.token", { class: "item-name" }), make("span", { class: "mono" }, token.serial), make("span", { class: "faint small" }, [token.manufacturer, token.model].filter(Boolean).join(" ")),
      chip(token.active ? "users.token.active" : "users.token.inactive", token.active ? "good" : "warn"))),
  ];
  const pin = user.pin !== "none";
  return part("users.part.methods", facts(["users.fact.methods", user.methods.length ? list(user.methods.map(methodName)) : say("span", "users.noMethod", { class: "chip bad" })], ["users.fact.default", user.defaultMethod && methodName(user.defaultMethod)],
    ["users.fact.off", off(user)]), items.length ? make("ul", { class: "items" }, ...items) : none("users.noDevices"),
    make("div", { class: "row item" }, say("span", "users.pin", { class: "item-name" }), say("span", pin ? "users.pin.set" : "users.pin.none")),
    actions(button(pin ? "users.act.changePIN" : "users.act.setPIN", () => act("setPIN", { question: { title: words("users.act.setPIN"), text: words("users.ask.setPIN.text"), action: words("users.save"), fields: [{ id: "pin", key: "users.pin", kind: "password", required: true, inputmode: "numeric", pattern: "[0-9]{4,20}", hint: "users.pin.hint" }] } })),
      pin ? button("users.act.deletePIN", () => act("deletePIN", { question: question("deletePIN", user) }), { class: "danger" }) : null));
}

/** Registered, and switched off by the tenant. */
function off({ registered, methods }) {
  const missing = (registered ?? []).filter((method) => !methods.includes(method));
  return missing.length ? list(missing.map(methodName)) : null;
}

function passes(user, act) {
  const { pass } = user;
  const shown = pass ? [facts(["users.fact.pass", chip(`users.pass.${pass.standing}`, pass.standing === "valid" ? "good" : "")], ["users.fact.issued", when(pass.issued)], ["column.until", when(pass.until)], ["users.fact.use", words(pass.once ? "users.pass.once" : "users.pass.several")])] : [none("users.noPass")];
  const issue = async () => {
    const answer = await act("issuePass", { question: { ...question("issuePass", user, { danger: false }), fields: [{ id: "minutes", key: "users.pass.minutes", kind: "number", min: "10", max: "43200", value: "60", required: true, hint: "users.pass.minutesHint" }, { id: "once", key: "users.pass.onceChoice", kind: "check", value: true }] } });
    if (!answer) return;
    await shownOnce({ title: words("users.pass.issued"), text: words("users.pass.issuedText", { name: user.name }), secret: answer.pass, note: words("users.pass.replaces") });
    announce(words("users.pass.gone"));
  };
  return part("users.part.pass", ...shown, actions(button(pass ? "users.act.reissuePass" : "users.act.issuePass", issue, { class: pass ? "" : "primary" }), pass ? button("users.act.deletePass", () => act("deletePass", { question: question("deletePass", user) }), { class: "danger" }) : null));
}

function account(user, act) {
  const enabled = user.enabled;
  return part("users.part.account",
    facts(["users.fact.account", chip(enabled ? "users.enabled" : "users.is.disabled", enabled ? "good" : "bad")], ["users.fact.state", words(`users.requirement.${user.state}`)], ["users.fact.language", user.language && languageText(user.language)],
      ["users.fact.groups", user.groups.length ? list(user.groups) : null], ["users.fact.guest", user.guest ? words("users.yes") : null], ["users.fact.appPassword", user.appPassword ? words("users.yes") : null],
      ["users.fact.must", must(user)]),
    actions(button(enabled ? "users.act.disable" : "users.act.enable", () => act("setEnabled", { body: { enabled: !enabled }, done: enabled ? "users.done.disable" : "users.done.enable", question: enabled ? { ...question("disable", user) } : undefined }), { class: enabled ? "danger" : "primary" }),
      button("users.act.forcePasswordChange", () => act("forcePasswordChange", { question: question("forcePasswordChange", user, { danger: false }) })),
      button("users.act.requireRegistration", () => act("requireRegistration", { question: question("requireRegistration", user, { fields: [reason], danger: false }) })),
      button("users.act.resetMethods", () => act("resetMethods", { question: question("resetMethods", user, { fields: [reason] }) }), { class: "danger" })));
}

const languageText = (tag) => new Intl.DisplayNames([document.documentElement.lang], { type: "language" }).of(tag);

const must = (user) => [user.mustRegister && words("users.is.mustRegister"), user.mustChangePassword && words("users.is.mustChange")].filter(Boolean).join(", ");

function remembered(user, act) {
  const items = user.remembered.map(({ client, name, until }) => make("li", { class: "row item" }, make("span", { class: "item-name" }, hasWords(`users.client.${client}`) ? words(`users.client.${client}`) : client), make("span", {}, name ?? ""), make("span", { class: "faint small end" }, words("column.until"), " ", when(until))));
  return part("users.part.remembered", items.length ? make("ul", { class: "items" }, ...items) : none("users.noneRemembered"),
    actions(button("users.act.revokeSessions", () => act("revokeSessions", { question: question("revokeSessions", user) }), { class: "danger" })));
}

function signIns(user) {
  const more = address("/reports", { log: "signIns", user: user.upn });
  const section = part("users.part.signIns", ...(user.signIns.length ? [...user.signIns.map(signIn), make("div", {}, link(more, "users.allSignIns", { class: "button little" }))] : [empty("users.noSignIns", "users.noSignInsHow")]));
  section.classList.add("wide");
  return section;
}

