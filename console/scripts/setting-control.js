// The control of a setting, by its kind: what it shows, how it is changed in place, and when that is sent.
import { button, hasWords, make, notice, number, on, refused, Refusal, say, spoken, words } from "./admin.js";

/** A value as people read it; without its unit where that stands beside it. */
export function bareText(setting, value) {
  if (value === "none" || !["length", "count"].includes(setting.kind)) return valueText(setting, value);
  return number(setting.kind === "length" ? inUnit(setting, value) : Number(value));
}

/** A value as people read it, with its unit. */
export function valueText(setting, value) {
  if (value === "none") return words("settings.none");
  switch (setting.kind) {
    case "flag": return words(value === "true" ? "settings.on" : "settings.off");
    case "length": return amount(inUnit(setting, value), setting.unit);
    case "count": return setting.unit ? amount(Number(value), setting.unit) : number(Number(value));
    case "choice": return choiceText(setting, value);
    case "reportCode": case "number": case "text": case "list": return value;
    default: return value;
  }
}

const amount = (count, unit) => `${number(count)} ${words(`unit.${unit}`)}`;
const choiceText = ({ name }, choice) => (hasWords(`choice.${name}.${choice}`) ? words(`choice.${name}.${choice}`) : choice);

const perUnit = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };
/** A length as it is written ("300s") in the setting's unit. */
const inUnit = ({ unit }, text) => Number(text.replace(/s$/, "")) / (perUnit[unit] ?? 1);

/** The control. `save(value)` sends it and answers the setting as it is then; `restored()` hears that what was typed is taken back. */
export function control(setting, save, restored) {
  return setting.kind === "flag" ? toggle(setting, save) : editor(setting, save, restored);
}

function toggle(setting, save) {
  const isOn = setting.value === "true";
  const made = make(
    "button",
    {
      type: "button",
      role: "switch",
      class: "switch",
      "aria-checked": String(isOn),
      "aria-labelledby": `${setting.name}-meaning`,
    },
    make("span", { class: "switch-knob" }),
    say("span", isOn ? "settings.on" : "settings.off", { class: "switch-text" }),
  );
  return on(made, "click", async () => {
    if (made.getAttribute("aria-disabled")) return;
    made.setAttribute("aria-disabled", "true");
    await save(isOn ? "false" : "true").catch(refused);
    made.removeAttribute("aria-disabled");
  });
}

/** What is typed or chosen first, and then kept: by Enter or its button. Escape takes it back. */
function editor(setting, save, restored) {
  const { input, value } = inputs[setting.kind]?.(setting) ?? inputs.text(setting);
  Object.entries({
    id: `${setting.name}-value`,
    "aria-labelledby": `${setting.name}-meaning`,
    "aria-describedby": `${setting.name}-range ${setting.name}-wrong`,
  }).forEach(([name, given]) => input.setAttribute(name, given));
  const wrong = make("div", { class: "wrong small", id: `${setting.name}-wrong`, role: "alert" });
  const before = input.value;
  const keep = make("button", { class: "button primary little" }, words("settings.save"));
  const back = button("settings.discard", () => restore(), { class: "quiet little" });
  const acts = make("div", { class: "row editor-acts", hidden: true }, keep, back);
  const restore = () => {
    input.value = before;
    changed();
    input.focus();
    // The setting may have changed elsewhere while somebody typed.
    restored();
  };
  const changed = () => {
    acts.hidden = input.value === before;
    wrong.replaceChildren();
    input.removeAttribute("aria-invalid");
  };
  for (const event of ["input", "change"]) on(input, event, changed);
  on(input, "keydown", (event) => event.key === "Escape" && !acts.hidden && restore());
  const unit = setting.unit && make("span", { class: "faint small" }, words(`unit.${setting.unit}`));
  const form = make("form", { class: "editor", novalidate: true }, make("div", { class: "row" }, input, unit), acts, wrong);
  return on(form, "submit", async (event) => {
    event.preventDefault();
    if (acts.hidden) return;
    keep.disabled = true;
    try {
      await save(value());
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      input.setAttribute("aria-invalid", "true");
      wrong.replaceChildren(...[
        problem.status ? null : say("p", "error.noAnswer"),
        problem.status ? spoken("p", problem, "message") : null,
        problem.hint ? spoken("p", problem, "hint") : null,
      ].filter(Boolean));
      input.focus();
    } finally {
      keep.disabled = false;
    }
  });
}

const numeric = (setting, shown, factor) => {
  const bounds = {
    min: setting.minimum === null ? null : setting.minimum / factor,
    max: setting.maximum === null ? null : setting.maximum / factor,
  };
  const input = make("input", { type: "number", class: "short", step: "any", value: shown, ...bounds });
  return { input, bounds };
};

const inputs = {
  count: (setting) => {
    const { input } = numeric(setting, setting.value, 1);
    input.step = "1";
    return { input, value: () => input.value.trim() };
  },
  length: (setting) => {
    const factor = perUnit[setting.unit] ?? 1;
    const { input } = numeric(setting, inUnit(setting, setting.value), factor);
    return { input, value: () => `${Math.round(Number(input.value) * factor * 1000) / 1000}s` };
  },
  choice: (setting) => {
    const input = make(
      "select",
      {},
      ...(setting.choices ?? []).map((choice) => make(
        "option",
        { value: choice, selected: choice === setting.value },
        choiceText(setting, choice),
      )),
    );
    return { input, value: () => input.value };
  },
  reportCode: (setting) => {
    const input = make(
      "input",
      { class: "short", inputmode: "numeric", maxlength: "4", autocomplete: "off", value: setting.value },
    );
    return { input, value: () => input.value.trim() };
  },
  number: (setting) => text(setting, { inputmode: "tel", placeholder: words("settings.none") }),
  text: (setting) => text(setting, { placeholder: words("settings.none") }),
  list: (setting) => {
    const input = make(
      "textarea",
      {
        rows: Math.min(6, Math.max(2, (setting.entries?.length ?? 0) + 1)),
        spellcheck: "false",
        placeholder: words("settings.oneALine"),
      },
      (setting.entries ?? []).join("\n"),
    );
    return { input, value: () => input.value.split(/[\n]/).map((entry) => entry.trim()).filter(Boolean) };
  },
};

function text(setting, attributes) {
  const input = make(
    "input",
    {
      type: "text",
      autocomplete: "off",
      spellcheck: "false",
      ...attributes,
      value: setting.value === "none" ? "" : setting.value,
    },
  );
  return { input, value: () => input.value.trim() || "none" };
}

/** Says that a setting was kept. */
export const told = (setting) => notice(
  words("settings.saved", { name: setting.name, value: valueText(setting, setting.value) }),
  "good",
);
