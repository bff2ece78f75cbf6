// Questions in a dialog: with a reason, a number, a choice; and what is shown once.
import { button, icon, iconButton, make, on, say, shapes, words } from "./admin.js";

/** Opens a dialog and settles when it is closed, with its `returnValue`; the focus goes back to where it was. */
export function opened(dialog) {
  const before = document.activeElement;
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((settle) => dialog.addEventListener("close", () => {
    dialog.remove();
    before?.isConnected && before.focus();
    settle(dialog.returnValue);
  }));
}

/**
 * Asks for what an action needs. Answers the values by the fields' ids, or null where it was cancelled.
 * - fields: [{id, key (of its label), hint?, kind: "text"|"number"|"choice"|"check"|"password", required?, min?, max?, value?, choices?: [[value, text]], …attributes of the input}]
 */
export async function asked({ title, text, action, danger = false, fields = [] }) {
  const made = fields.map(field);
  const form = make(
    "form",
    { method: "dialog", class: "stack", novalidate: true },
    make("h2", {}, title),
    text && make("p", {}, text),
    ...made.map(({ part }) => part),
    make(
      "div",
      { class: "dialog-actions" },
      button("common.cancel", () => dialog.close("")),
      make("button", { class: `button ${danger ? "danger" : "primary"}`, value: "yes" }, action),
    ),
  );
  const dialog = make("dialog", { "aria-label": title }, form);
  on(form, "submit", (event) => {
    const wrong = made.filter(({ check }) => !check());
    if (!wrong.length) return;
    event.preventDefault();
    wrong[0].input.focus();
  });
  const closed = opened(dialog);
  (made[0]?.input ?? dialog.querySelector("button")).focus();
  return (await closed) === "yes" ? Object.fromEntries(made.map(({ id, value }) => [id, value()])) : null;
}

function field({ id, key, hint, kind = "text", choices, value = "", required = false, ...attributes }) {
  const name = `asked-${id}`;
  const described = [hint && `${name}-hint`, `${name}-wrong`].filter(Boolean).join(" ");
  const shared = { id: name, name: id, "aria-describedby": described, required, ...attributes };
  const input = kind === "choice"
    ? make(
      "select",
      shared,
      ...choices.map(([given, text]) => make("option", { value: given, selected: given === value }, text)),
    )
    : make(
      "input",
      {
        ...shared,
        type: kind === "check" ? "checkbox" : kind,
        checked: kind === "check" && value === true,
        value: kind === "check" ? null : value,
        autocomplete: "off",
      },
    );
  const wrong = make("p", { class: "wrong", id: `${name}-wrong`, role: "alert" });
  const check = () => {
    const good = input.checkValidity() && !(required && kind !== "check" && !input.value.trim());
    input.setAttribute("aria-invalid", String(!good));
    wrong.textContent = good ? "" : reason(input);
    return good;
  };
  on(input, "input", () => wrong.textContent && check());
  const label = say("label", key, { for: name });
  const part = kind === "check"
    ? make("div", { class: "check" }, input, label)
    : make("div", { class: "field" }, label, input, hint && say("p", hint, { class: "hint", id: `${name}-hint` }), wrong);
  return {
    id,
    part,
    input,
    check,
    value: () => (kind === "check" ? input.checked : kind === "number" ? (input.value === "" ? null : Number(input.value)) : input.value.trim()),
  };
}

function reason(input) {
  const { valueMissing, rangeUnderflow, rangeOverflow, badInput, stepMismatch } = input.validity;
  if (rangeUnderflow || rangeOverflow) return words("admin.wrong.range", { min: input.min, max: input.max });
  if (badInput || stepMismatch) return words("admin.wrong.number");
  return words(valueMissing || !input.value.trim() ? "admin.wrong.missing" : "admin.wrong.pattern");
}

/** Shows a secret once: it can be copied, and is gone when the dialog is closed. */
export function shownOnce({ title, text, secret, note }) {
  const shown = make("output", { class: "secret mono", tabindex: "0", "aria-label": title }, secret);
  const copied = make("p", { class: "hint", role: "status" });
  const copy = async () => {
    await navigator.clipboard.writeText(secret).then(
      () => (copied.textContent = words("admin.copied")),
      () => getSelection().selectAllChildren(shown),
    );
  };
  const dialog = make(
    "dialog",
    { "aria-label": title },
    make(
      "div",
      { class: "stack" },
      make("h2", {}, title),
      make("p", {}, text),
      shown,
      note && make("p", { class: "hint" }, note),
      copied,
      make(
        "div",
        { class: "dialog-actions" },
        button("admin.copy", copy),
        button("admin.done", () => dialog.close(), { class: "primary" }),
      ),
    ),
  );
  return opened(dialog);
}

/** A drawer at the side: a heading, and what `body` is. Escape closes it, and a press beside it. */
export function drawer(title, ...body) {
  const dialog = make(
    "dialog",
    { class: "drawer", "aria-label": title },
    make(
      "div",
      { class: "drawer-head" },
      make("h2", {}, title),
      iconButton("cross", words("common.close"), () => dialog.close()),
    ),
    make("div", { class: "drawer-body stack" }, ...body),
  );
  on(dialog, "click", (event) => event.target === dialog && dialog.close());
  return dialog;
}

export { icon, shapes };
