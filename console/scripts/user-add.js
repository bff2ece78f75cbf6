// Somebody new: a form in a drawer, with the numbering plan's verdict while a number is typed.
import { ask, button, hasWords, make, notice, on, Refusal, say, settled, told, words } from "./admin.js";
import { tell as sentence } from "./sentences.js";
import { drawer, opened } from "./admin-dialog.js";
import { languageName } from "./words.js";

const kinds = ["mobile", "office"];

/** Asks for somebody new, and answers the UPN of who was added, or null. */
export async function addUser() {
  const parts = fields();
  const general = make("div", { class: "stack tight" });
  const form = make(
    "form",
    { class: "stack", novalidate: true, id: "new-user" },
    ...Object.values(parts).map(({ part }) => part),
    general,
    make(
      "div",
      { class: "dialog-actions" },
      button("common.cancel", () => dialog.close()),
      make("button", { class: "button primary" }, words("users.add.action")),
    ),
  );
  const dialog = drawer(words("users.add.title"), say("p", "users.add.text", { class: "faint" }), form);
  let added = null;
  on(form, "submit", async (event) => {
    event.preventDefault();
    general.replaceChildren();
    const wrong = Object.values(parts).filter(({ check }) => !check());
    if (wrong.length) return wrong[0].input.focus();
    const press = form.querySelector(".primary");
    if (press.getAttribute("aria-disabled") === "true") return null;
    press.setAttribute("aria-disabled", "true");
    try {
      const body = Object.fromEntries(Object.entries(parts).map(([id, { input }]) => [id, input.value.trim()]).filter(([, value]) => value));
      const { user } = await ask("/api/users", { method: "POST", body });
      added = user;
      dialog.close();
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      const field = parts[problem.content?.field];
      if (field) field.refuse(problem);
      else general.replaceChildren(refusal(problem));
    } finally {
      press.removeAttribute("aria-disabled");
    }
    return null;
  });
  const closed = opened(dialog);
  parts.upn.input.focus();
  await closed;
  // A PIN stays in no field.
  parts.pin.input.value = "";
  if (!added) return null;
  notice(words("users.add.done", { name: added.name }), "good");
  return added.upn;
}

const refusal = (problem) => make(
  "div",
  { class: "notice bad", role: "alert" },
  make(
    "div",
    { class: "notice-text" },
    say("p", told(problem), { class: "strong" }),
    problem.status ? sentence(make("p", { class: "small" }), problem, ["message", "hint"]) : null,
  ),
);

function fields() {
  const kind = make(
    "select",
    { id: "new-kind" },
    ...kinds.map((id) => make("option", { value: id }, words(`users.phone.${id}`))),
  );
  return {
    upn: field("upn", { required: true, type: "email", pattern: "\\S+@\\S+", maxlength: "256", placeholder: "nia@larkspur.example" }),
    name: field("name", { maxlength: "200" }),
    language: tongue(),
    kind: { part: make("div", { class: "field" }, say("label", "users.phone.kind", { for: "new-kind" }), kind), input: kind, check: () => true },
    number: telephone(kind),
    pin: field("pin", { type: "password", inputmode: "numeric", pattern: "[0-9]{4,20}", maxlength: "20", autocomplete: "new-password" }),
  };
}

function field(id, attributes) {
  const name = `new-${id}`;
  const input = make(
    "input",
    {
      id: name,
      type: "text",
      autocomplete: "off",
      spellcheck: "false",
      "aria-describedby": `${name}-hint ${name}-wrong`,
      ...attributes,
    },
  );
  const wrong = make("div", { class: "wrong", id: `${name}-wrong`, role: "alert" });
  const hint = make("div", { class: "hint", id: `${name}-hint` }, hasWords(`users.add.hint.${id}`) ? words(`users.add.hint.${id}`) : "");
  const tell = (...texts) => {
    wrong.replaceChildren(...texts.filter(Boolean));
    input.setAttribute("aria-invalid", String(texts.length > 0));
  };
  const check = () => {
    const good = input.checkValidity();
    if (good) tell();
    else tell(make("p", {}, words(input.validity.valueMissing ? "admin.wrong.missing" : `users.add.wrong.${id}`)));
    return good;
  };
  const refuse = (problem) => {
    tell(sentence(make("p"), problem, ["message", "hint"], "; "));
    input.focus();
  };
  on(input, "input", () => wrong.hasChildNodes() && check());
  const part = make("div", { class: "field" }, say("label", `users.add.${id}`, { for: name }), input, hint, wrong);
  return { part, input, hint, check, refuse, tell };
}

function tongue() {
  const made = field("language", { list: "new-languages", maxlength: "35" });
  const tags = ["en", "fr", "de", "es", "it", "nl", "pl", "pt"];
  made.part.append(make("datalist", { id: "new-languages" }, ...tags.map((tag) => make("option", { value: tag }, languageName(tag)))));
  on(made.input, "input", () => {
    const tag = made.input.value.trim();
    made.hint.textContent = tag ? languageName(tag) : words("users.add.hint.language");
  });
  return made;
}

/** The plan is asked while the number is typed, and says more once one stops. */
function telephone(kind) {
  const made = field("number", { inputmode: "tel", maxlength: "40", placeholder: "+44 7700900321" });
  made.hint.setAttribute("role", "status");
  const judge = async () => {
    const number = made.input.value.trim();
    const plain = () => made.hint.replaceChildren(words("users.add.hint.number"));
    if (!number) return made.tell(), plain();
    try {
      const verdict = await ask("/api/numbers/check", { method: "POST", body: { number, kind: kind.value } });
      if (number !== made.input.value.trim()) return null;
      if (verdict.possible) {
        made.tell();
        made.hint.replaceChildren(say("span", "users.add.possible", { class: "chip good" }));
      } else {
        made.hint.replaceChildren(
          say("span", "users.add.impossible", { class: "chip warn" }),
          " ",
          sentence(make("span"), verdict, ["message", "hint"], "; "),
        );
      }
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      plain();
    }
    return null;
  };
  const { refuse } = made;
  made.refuse = (problem) => {
    // It says what the verdict said.
    made.hint.replaceChildren();
    refuse(problem);
  };
  on(made.input, "input", settled(judge, 300));
  on(kind, "change", judge);
  return made;
}
