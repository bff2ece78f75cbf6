// What is done with one hardware token, on the page of its user and in the list of all.
import { ask, button, iconButton, notice, words } from "./admin.js";
import { asked } from "./admin-dialog.js";

const post = (action, body) => ask(`/api/tokens/${action}`, { method: "POST", body });

/** Has it count, by the code that it shows; `again` draws from the server. */
async function activate({ serial }, again) {
  const given = await asked({
    title: words("tokens.ask.activate.title", { serial }),
    text: words("tokens.ask.activate.text"),
    action: words("tokens.act.activate"),
    fields: [{
      id: "code",
      key: "tokens.code",
      hint: "tokens.codeHint",
      required: true,
      inputmode: "numeric",
      pattern: "[0-9]{6}",
      maxlength: "6",
      spellcheck: "false",
    }],
  });
  if (given) await did("activate", { serial, ...given }, again);
}

async function give({ serial, user }, again) {
  const given = await asked({
    title: words("tokens.ask.assign.title", { serial }),
    text: words("tokens.ask.assign.text"),
    action: words("tokens.act.assign"),
    fields: [{
      id: "user",
      key: "users.add.upn",
      required: true,
      value: user ?? "",
      inputmode: "email",
      pattern: "\\S+@\\S+",
      maxlength: "256",
      spellcheck: "false",
    }],
  });
  if (given) await did("assign", { serial, ...given }, again);
}

async function takeBack({ serial, user }, again) {
  const sure = await asked({
    title: words("tokens.ask.takeBack.title", { serial }),
    text: words("tokens.ask.takeBack.text", { user }),
    action: words("tokens.act.takeBack"),
    danger: true,
  });
  if (sure) await did("assign", { serial, user: null }, again, "takeBack");
}

async function remove({ serial, shared }, again) {
  const sure = await asked({
    title: words("tokens.ask.delete.title", { serial }),
    text: words(shared ? "tokens.ask.delete.shared" : "tokens.ask.delete.text"),
    action: words("tokens.act.delete"),
    danger: true,
  });
  if (sure) await did("delete", { serial }, again);
}

async function did(action, body, again, said = action) {
  await post(action, body);
  await again();
  notice(words(`tokens.done.${said}`, { serial: body.serial, user: body.user ?? "" }), "good");
}

/** The buttons of one token: {serial, user, active, hasKey, shared}. */
export function tokenActions(token, again) {
  const named = (action) => words(`tokens.label.${action}`, { serial: token.serial });
  return [
    !token.active && token.hasKey ? button(
      "tokens.act.activate",
      () => activate(token, again),
      { class: "little", "aria-label": named("activate") },
    ) : null,
    token.user ? button(
      "tokens.act.takeBack",
      () => takeBack(token, again),
      { class: "little", "aria-label": named("takeBack") },
    ) : button("tokens.act.assign", () => give(token, again), { class: "little", "aria-label": named("assign") }),
    iconButton("bin", named("delete"), () => remove(token, again)),
  ].filter(Boolean);
}
