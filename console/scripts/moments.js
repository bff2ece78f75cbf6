// The moments of a call (docs/run-stream.md): in words, and as a timeline with a lane for the service and one for the person.
import { english, hasWords, make, on, say, words } from "./admin.js";
import { messageName } from "./greeting-sound.js";
import { languageName, seconds } from "./words.js";
import { methodName, outcomeName } from "./user-parts.js";

const title = (what) => (hasWords(`kind.${what}`) ? words(`kind.${what}`) : what);

/** `greetingStandard/fr/custom-…` as its message, language and source. */
function recording(key) {
  const [message, language, source] = key.split("/");
  return { message, language, own: source !== "default" };
}

// What a kind of moment tells behind its title; those that are not here tell their text, or nothing.
const tellers = {
  dial: ({ number, callerID }) => words("moment.dial", { number, callerID: callerID ?? words("moment.unknown") }),
  ring: ({ shows }) => words("moment.ring", { shows: shows ?? words("moment.unknown") }),
  message: ({ recording: key, cut }) => {
    const { message, language } = recording(key);
    return words(
      cut ? "moment.messageCut" : "moment.message",
      { message: messageName(message), language: languageName(language) },
    );
  },
  key: ({ key }) => key ?? words("moment.hiddenKey"),
  pin: ({ right }) => words(right ? "moment.pinRight" : "moment.pinWrong"),
  outcome: ({ outcome }) => outcomeName(outcome),
  decided: ({ who, outcome }) => `${outcomeName(outcome)} (${who})`,
  hangUp: ({ by }) => words(`moment.by.${by}`),
  ask: ({ method }) => methodName(method),
  notify: ({ device }) => device ?? "",
  device: ({ device, answer }) => words(
    "moment.device",
    {
      device: device ?? methodName("passkey"),
      answer: hasWords(`moment.answer.${answer}`) ? words(`moment.answer.${answer}`) : answer,
    },
  ),
  spokenExtension: ({ digits }) => digits,
  dialledExtension: ({ digits }) => digits,
};

/** A moment as its title and what it tells. */
export function momentText(moment) {
  const told = tellers[moment.what]?.(moment);
  const said = moment.text ?? moment.words ?? moment.reason;
  return make(
    "span",
    {},
    make("span", { class: "moment-kind" }, title(moment.what)),
    told ? " " : null,
    told ? make("span", {}, told) : null,
    !told && said ? " " : null,
    !told && said ? english("span", String(said)) : null,
  );
}

const lanes = ["service", "person"];

// In which lane a moment stands, and how: a bar has a length, a mark has none.
function placed(moment, index, moments, end) {
  const { at: from, what } = moment;
  const next = () => moments.slice(index + 1).find(({ what: later }) => [
    "answer",
    "unanswered",
    "failed",
    "hangUp",
    "outcome",
    "cancel",
  ].includes(later))?.at ?? end;
  switch (what) {
    case "message": return {
      lane: "service",
      from,
      to: moment.until ?? end,
      text: messageName(recording(moment.recording).message),
      kind: recording(moment.recording).own ? "own" : "ours",
    };
    case "spokenExtension": case "dialledExtension": return {
      lane: "service",
      from,
      to: from + (moment.length ?? 0),
      text: moment.digits,
      kind: "ours",
    };
    case "ring": return { lane: "service", from, to: next(), text: title("ring"), kind: "ring" };
    case "key": return { lane: "person", from, to: from, text: moment.key ?? "•", kind: "key" };
    case "answer": return { lane: "person", from, to: from, text: title("answer"), kind: "mark" };
    case "hangUp": return {
      lane: moment.by === "person" ? "person" : "service",
      from,
      to: from,
      text: title("hangUp"),
      kind: "mark",
    };
    case "typed": case "reply": case "cancel": return { lane: "person", from, to: from, text: title(what), kind: "mark" };
    case "device": return { lane: "person", from, to: from, text: title(what), kind: "mark" };
    case "ask": case "notify": case "textSent": return { lane: "service", from, to: from, text: title(what), kind: "mark" };
    default: return null;
  }
}

/**
 * The timeline of a case and the list of its moments, each showing the other's place.
 * - length: of the whole, in ms.
 */
export function timeline(moments, length) {
  const end = Math.max(length, ...moments.map(({ at: time, until }) => until ?? time), 1);
  const spots = moments.map((moment, index) => ({
    index,
    spot: placed(moment, index, moments, end),
  })).filter(({ spot }) => spot);
  const list = make("ol", { class: "moments" });
  const figure = make("div", { class: "timeline", role: "group", "aria-label": words("scenarios.timeline") });
  const show = (index, { focus = false } = {}) => {
    for (const part of [...list.children, ...figure.querySelectorAll("[data-moment]")]) part.classList.toggle(
      "lit",
      part.dataset.moment === String(index),
    );
    const item = list.children[index];
    item.scrollIntoView({ block: "nearest" });
    if (focus) item.querySelector("button").focus();
  };
  for (const lane of lanes) {
    const track = make(
      "div",
      { class: `track ${lane}` },
      ...spots.filter(({ spot }) => spot.lane === lane).map(({ index, spot }) => mark(index, spot, end, show)),
    );
    spread(track, end);
    figure.append(make("div", { class: "lane" }, say("span", `scenarios.lane.${lane}`, { class: "lane-name label" }), track));
  }
  figure.append(make("div", { class: "lane" }, make("span", { class: "lane-name" }), scale(end)));
  moments.forEach((moment, index) => {
    const press = on(
      make(
        "button",
        { type: "button", class: "moment" },
        make("span", { class: "moment-at mono small" }, seconds(moment.at)),
        momentText(moment),
      ),
      "click",
      () => show(index),
    );
    list.append(make("li", { "data-moment": index, class: moment.what }, press));
  });
  return [
    make("div", { class: "timeline-frame", role: "region", tabindex: "0", "aria-label": words("scenarios.timeline") }, figure),
    list,
  ];
}

const share = (ms, end) => `${(100 * ms) / end}%`;

function mark(index, { from, to, text, kind }, end, show) {
  const bar = on(
    make(
      "button",
      {
        type: "button",
        class: `spot ${kind}`,
        "data-moment": index,
        tabindex: "-1",
        "aria-label": `${text}, ${seconds(from)}`,
        title: `${text}, ${seconds(from)}`,
      },
      make("span", {}, text),
    ),
    "click",
    () => show(index, { focus: true }),
  );
  bar.style.insetInlineStart = share(from, end);
  if (!["key", "mark"].includes(kind)) bar.style.width = share(to - from, end);
  bar.dataset.from = from;
  return bar;
}

/** Puts marks that would lie on one another into rows of their own. */
function spread(track, end) {
  const ends = [];
  for (const bar of track.children) {
    const from = Number(bar.dataset.from) / end;
    const isKey = bar.classList.contains("key");
    const width = bar.style.width ? Math.max(parseFloat(bar.style.width) / 100, 0.03) : isKey ? 0.05 : 0.16;
    const overhangs = !bar.style.width && from + width > 1;
    const left = overhangs ? from - width : from;
    // Keys that were pressed in a row stand side by side, a little late.
    let row = ends.findIndex((taken) => taken <= left + 0.0001 || (isKey && taken - left < 0.12 && taken + width <= 1));
    if (row < 0) row = ends.push(0) - 1;
    if (ends[row] > left && isKey) bar.style.insetInlineStart = `${100 * ends[row]}%`;
    ends[row] = Math.max(left, isKey ? ends[row] : 0) + width;
    bar.style.setProperty("--row", row);
    bar.classList.toggle("at-end", overhangs);
  }
  track.style.setProperty("--rows", Math.max(1, ends.length));
}

function scale(end) {
  const step = [
    1,
    2,
    5,
    10,
    20,
    30,
    60,
    120,
    300,
    600,
    1800,
    3600,
    21600,
    86400,
  ].find((candidate) => end / 1000 / candidate <= 8) ?? end / 8000;
  const ticks = [];
  for (let time = 0; time * 1000 <= end; time += step) {
    const tick = make("span", { class: "tick mono small" }, seconds(time * 1000, 0));
    tick.style.insetInlineStart = share(time * 1000, end);
    ticks.push(tick);
  }
  return make("div", { class: "track scale", "aria-hidden": "true" }, ...ticks);
}
