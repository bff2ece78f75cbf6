// What a user verifies with, and how that is changed: telephones, apps, keys, tokens, a PIN, a pass.
import { announce, button, chip, facts, iconButton, list, make, say, when, words } from "./admin.js";
import { shownOnce } from "./admin-dialog.js";
import { methodName } from "./user-parts.js";
import { tokenActions } from "./token-acts.js";
import { actions, none, part, question } from "./user-sections.js";

const kinds = ["mobile", "alternate", "office"];

export function phones(user, act) {
  const rows = user.phones.map(({ kind, number: masked }) => make(
    "li",
    { class: "row item" },
    make("span", { class: "item-name" }, words(`users.phone.${kind}`)),
    make("span", { class: "mono" }, masked),
    make(
      "span",
      { class: "end row" },
      iconButton("pencil", words("users.phone.change", { kind: words(`users.phone.${kind}`) }), () => set(kind)),
      iconButton(
        "bin",
        words("users.phone.delete", { kind: words(`users.phone.${kind}`) }),
        () => act("deletePhone", { body: { kind }, question: question("deletePhone", user) }),
      ),
    ),
  ));
  const set = (kind) => act("setPhone", { question: { title: words("users.act.setPhone"), text: words("users.ask.setPhone.text"), action: words("users.save"),
    fields: [
      {
        id: "kind",
        key: "users.phone.kind",
        kind: "choice",
        value: kind,
        choices: kinds.map((id) => [id, words(`users.phone.${id}`)]),
      },
      {
        id: "number",
        key: "column.number",
        hint: "users.phone.hint",
        required: true,
        inputmode: "tel",
        placeholder: "+33 612345678",
      },
    ] } });
  return part(
    "users.part.phones",
    rows.length ? make("ul", { class: "items" }, ...rows) : none("users.noPhones"),
    actions(button(
      "users.act.setPhone",
      () => set(kinds.find((kind) => !user.phones.some((phone) => phone.kind === kind)) ?? "mobile"),
      { shape: "add" },
    )),
  );
}

export function devices(user, act, again) {
  const items = [
    ...user.apps.map((device) => make(
      "li",
      { class: "row item" },
      say("span", "users.app", { class: "item-name" }),
      make("span", {}, device),
      make(
        "span",
        { class: "end" },
        iconButton(
          "bin",
          words("users.act.removeDevice", { device }),
          () => act(
            "removeDevice",
            { body: { device }, question: { ...question("removeDevice", user), action: words("users.remove") } },
          ),
        ),
      ),
    )),
    ...user.passkeys.map((key) => make(
      "li",
      { class: "row item" },
      say("span", "users.passkey", { class: "item-name" }),
      make("span", {}, key),
    )),
    ...user.tokens.map((token) => make(
      "li",
      { class: "row item" },
      say("span", "users.token", { class: "item-name" }),
      make("span", { class: "mono" }, token.serial),
      make("span", { class: "faint small" }, [token.manufacturer, token.model].filter(Boolean).join(" ")),
      chip(token.active ? "users.token.active" : "users.token.inactive", token.active ? "good" : "warn"),
      token.hasKey ? null : chip("tokens.noKey", "bad"),
      make("span", { class: "end row" }, ...tokenActions({ ...token, user: user.upn }, again)),
    )),
  ];
  const pin = user.pin !== "none";
  return part(
    "users.part.methods",
    facts(
      [
        "users.fact.methods",
        user.methods.length ? list(user.methods.map(methodName)) : say("span", "users.noMethod", { class: "chip bad" }),
      ],
      ["users.fact.default", user.defaultMethod && methodName(user.defaultMethod)],
      ["users.fact.off", off(user)],
    ),
    items.length ? make("ul", { class: "items" }, ...items) : none("users.noDevices"),
    make(
      "div",
      { class: "row item" },
      say("span", "users.pin", { class: "item-name" }),
      say("span", pin ? "users.pin.set" : "users.pin.none"),
    ),
    actions(
      button(
        pin ? "users.act.changePIN" : "users.act.setPIN",
        () => act(
          "setPIN",
          { question: {
            title: words("users.act.setPIN"),
            text: words("users.ask.setPIN.text"),
            action: words("users.save"),
            fields: [{
              id: "pin",
              key: "users.pin",
              kind: "password",
              required: true,
              inputmode: "numeric",
              pattern: "[0-9]{4,20}",
              hint: "users.pin.hint",
            }],
          } },
        ),
      ),
      pin ? button(
        "users.act.deletePIN",
        () => act("deletePIN", { question: question("deletePIN", user) }),
        { class: "danger" },
      ) : null,
    ),
  );
}

/** Registered, and switched off by the tenant. */
function off({ registered, methods }) {
  const missing = (registered ?? []).filter((method) => !methods.includes(method));
  return missing.length ? list(missing.map(methodName)) : null;
}

export function passes(user, act) {
  const { pass } = user;
  const shown = pass ? [facts(
    ["users.fact.pass", chip(`users.pass.${pass.standing}`, pass.standing === "valid" ? "good" : "")],
    ["users.fact.issued", when(pass.issued)],
    ["column.until", when(pass.until)],
    ["users.fact.use", words(pass.once ? "users.pass.once" : "users.pass.several")],
  )] : [none("users.noPass")];
  const issue = async () => {
    const answer = await act(
      "issuePass",
      { question: {
        ...question("issuePass", user, { danger: false }),
        fields: [
          {
            id: "minutes",
            key: "users.pass.minutes",
            kind: "number",
            min: "10",
            max: "43200",
            value: "60",
            required: true,
            hint: "users.pass.minutesHint",
          },
          { id: "once", key: "users.pass.onceChoice", kind: "check", value: true },
        ],
      } },
    );
    if (!answer) return;
    await shownOnce({
      title: words("users.pass.issued"),
      text: words("users.pass.issuedText", { name: user.name }),
      secret: answer.pass,
      note: words("users.pass.replaces"),
    });
    announce(words("users.pass.gone"));
  };
  return part(
    "users.part.pass",
    ...shown,
    actions(
      button(pass ? "users.act.reissuePass" : "users.act.issuePass", issue, { class: pass ? "" : "primary" }),
      pass ? button(
        "users.act.deletePass",
        () => act("deletePass", { question: question("deletePass", user) }),
        { class: "danger" },
      ) : null,
    ),
  );
}
