// What is shown of a user wherever one is shown: the standing as chips, methods, a sign-in that opens to its decisions.
import { chip, english, hasWords, make, say, spoken, when, words } from "./admin.js";

/** How somebody stands, as chips: blocked, locked, at risk... or that there is nothing to say. */
export function standing(user) {
  const chips = [
    user.enabled === false && chip("users.is.disabled", "bad"),
    user.blocked && chip("users.is.blocked", "bad"),
    user.lockedUntil && chip("users.is.locked", "bad"),
    user.atRisk && chip("users.is.atRisk", "bad"),
    user.reported && chip("users.is.reported", "warn"),
    user.mustRegister && chip("users.is.mustRegister", "warn"),
    user.mustChangePassword && chip("users.is.mustChange", "warn"),
    user.wrongPINs > 0 && chip("users.is.wrongPINs", "warn", { count: user.wrongPINs }),
  ].filter(Boolean);
  return make("span", { class: "row chips" }, ...(chips.length ? chips : [chip("users.is.fine", "good")]));
}

export const methodName = (method) => (hasWords(`methodName.${method}`) ? words(`methodName.${method}`) : method);
export const outcomeName = (outcome) => (hasWords(`outcome.${outcome}`) ? words(`outcome.${outcome}`) : outcome);

const admitted = ["approved", "notRequired", "skippedLocation", "skippedRemembered", "skippedAppPassword"];
export const outcomeChip = (outcome) => make(
  "span",
  { class: `chip ${admitted.includes(outcome) ? "good" : "bad"}` },
  outcomeName(outcome),
);

/** The decisions of a sign-in, gate by gate; the one that decided stands out. */
export function decisions(why) {
  return make(
    "ol",
    { class: "gates" },
    ...why.map(({ gate, outcome, ...found }) => make(
      "li",
      { class: outcome ? "gate decided" : "gate" },
      make("span", { class: "gate-name" }, hasWords(`gate.${gate}`) ? words(`gate.${gate}`) : gate),
      spoken("span", found, "reason"),
      outcome ? outcomeChip(outcome) : null,
    )),
  );
}

/** A sign-in, folded: its time and outcome; open: the record and why. */
export function signIn(record) {
  return make(
    "details",
    { class: "record" },
    make(
      "summary",
      {},
      when(record.at),
      " ",
      outcomeChip(record.outcome),
      make("span", { class: "faint small" }, record.method ? methodName(record.method) : ""),
    ),
    make(
      "div",
      { class: "record-body stack tight" },
      english("p", record.text),
      record.number ? make("p", { class: "faint small mono" }, record.number) : null,
      say("p", "column.why", { class: "label" }),
      decisions(record.why),
    ),
  );
}
