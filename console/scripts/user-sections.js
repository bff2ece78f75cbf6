// What the sections of a user's page are made of: actions, the questions before them, the sections themselves.
import { ask, at, encoded, make, notice, say, words } from "./admin.js";
import { asked } from "./admin-dialog.js";

/** Does an action on the user, after what it asks for, and shows the page anew. Answers what the server said, or null. */
export function acting(user, again) {
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

export const reason = { id: "reason", key: "users.reason", hint: "users.reasonHint", required: true, maxlength: "200" };

/** A question before an action, from its words: title and text. */
export const question = (action, user, { fields = [], danger = true } = {}) => ({
  title: words(`users.ask.${action}.title`),
  text: words(`users.ask.${action}.text`, { name: user.name }),
  action: words(`users.act.${action}`),
  danger,
  fields,
});

/** A section by the name of its words: `users.part.phones` is `#phones` of the page, where a link may lead. */
export const part = (key, ...children) => make(
  "section",
  { class: "card stack tight", "aria-label": words(key), id: key.split(".").at(-1), "data-key": key, tabindex: "-1" },
  say("h2", key, { class: "card-title" }),
  ...children.filter(Boolean),
);
export const actions = (...buttons) => make("div", { class: "row actions" }, ...buttons.filter(Boolean));
export const none = (key) => say("p", key, { class: "faint" });
