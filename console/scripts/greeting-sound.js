// What is shown of one sound: its facts, its waveform, what was found in it, and how it is heard.
import { button, chip, facts, hasWords, icon, make, number, on, say, shapes, size, spoken, words } from "./admin.js";
import { seconds } from "./words.js";

/** The verdict in large words: accepted, accepted with warnings, or why it is rejected. */
export function verdict(report) {
  const rejected = report.findings.filter(({ severity }) => severity === "reject");
  const warned = report.findings.length - rejected.length;
  if (report.verdict === "rejected") {
    const reasons = rejected.map(({ id }) => checkTitle(id));
    return make(
      "div",
      { class: "verdict bad" },
      icon(shapes.cross),
      make(
        "div",
        {},
        say("p", "greetings.verdict.rejected", { class: "verdict-word" }),
        ...reasons.map((reason) => make("p", { class: "verdict-why" }, reason)),
      ),
    );
  }
  return make(
    "div",
    { class: `verdict ${warned ? "warn" : "good"}` },
    icon(shapes[warned ? "warn" : "check"]),
    make(
      "div",
      {},
      say("p", "greetings.verdict.accepted", { class: "verdict-word" }),
      warned ? say(
        "p",
        "greetings.verdict.warned",
        { class: "verdict-note" },
        { count: warned },
      ) : say("p", "greetings.verdict.clean", { class: "verdict-note" }),
    ),
  );
}

export const checkTitle = (id) => (hasWords(`check.${id}`) ? words(`check.${id}`) : id);

export function soundFacts(report) {
  return facts(
    ["greetings.fact.length", report.duration === null ? null : seconds(report.duration, 2)],
    [
      "greetings.fact.size",
      report.bytes === null ? null : words("greetings.bytes", { size: size(report.bytes), bytes: number(report.bytes) }),
    ],
    ["greetings.fact.container", [report.container, report.codec].filter(Boolean).join(", ")],
    ["greetings.fact.rate", report.sampleRate && number(report.sampleRate, { style: "decimal" }) + " Hz"],
    [
      "greetings.fact.channels",
      report.channels && words(
        report.channels === 1 ? "greetings.mono" : report.channels === 2 ? "greetings.stereo" : "greetings.channels",
        { count: report.channels },
      ),
    ],
    ["greetings.fact.depth", report.bitDepth && words("greetings.bits", { count: report.bitDepth })],
  );
}

/** Every finding, each with what to do; those with a place can be heard there. What `mend` does is a button beside it. */
export function findings(report, playAt, mend) {
  if (!report.findings.length) return say("p", "greetings.nothingFound", { class: "faint" });
  return make("ul", { class: "findings" }, ...numbered(report.findings).map(({ mark, ...finding }) => {
    const rejects = finding.severity === "reject";
    return make(
      "li",
      { class: `finding ${rejects ? "bad" : "warn"}` },
      make(
        "div",
        { class: "row" },
        mark && make("span", { class: `disc ${rejects ? "bad" : "warn"}` }, number(mark)),
        chip(rejects ? "greetings.rejects" : "greetings.warns", rejects ? "bad" : "warn"),
        make("h4", {}, checkTitle(finding.id)),
        finding.at === null || finding.at === undefined ? null : playAt ? button(
          null,
          () => playAt(finding.at),
          {
            class: "little quiet",
            shape: "play",
            text: words("greetings.at", { time: seconds(finding.at, 2) }),
            "aria-label": words("greetings.playAt", { time: seconds(finding.at, 2) }),
          },
        ) : make("span", { class: "faint small" }, words("greetings.at", { time: seconds(finding.at, 2) })),
      ),
      spoken("p", finding, "message"),
      make("p", {}, say("span", "greetings.todo", { class: "label" }), " ", spoken("span", finding, "remedy")),
      mend && finding.remedy.includes("poundkey greeting fix") ? button("greetings.mend.action", mend, { class: "little start" }) : null,
    );
  }));
}

/** As the drawing has them: those with a place first, numbered as they come in the sound; then the others. */
function numbered(found) {
  const placed = found.filter(({ at }) => at !== null && at !== undefined).sort((left, right) => left.at - right.at);
  return [
    ...placed.map((finding, index) => ({ ...finding, mark: index + 1 })),
    ...found.filter((finding) => !placed.includes(finding)),
  ];
}

/** A sound that can be played, with its name. Where the browser cannot play it, it says so. */
export function player(key, source, { trouble = "greetings.cannotPlay" } = {}) {
  const name = `player-${(player.count = (player.count ?? 0) + 1)}`;
  const sound = make("audio", { controls: true, preload: "metadata", src: source, "aria-labelledby": name });
  const note = make("p", { class: "hint", role: "status" });
  on(sound, "error", () => {
    sound.hidden = true;
    note.textContent = words(trouble);
  });
  on(sound, "play", () => {
    for (const other of document.querySelectorAll("audio")) if (other !== sound) other.pause();
  });
  return { part: make("div", { class: "player" }, say("p", key, { class: "label", id: name }), sound, note), sound };
}

/** The drawing of a waveform, without the list of findings at its foot, which the page has itself; wide, so that it scrolls in its own frame on a narrow screen. */
export function waveform(source, label) {
  const image = make("img", { src: source, alt: label, class: "waveform-image" });
  const frame = make("div", { class: "waveform", role: "region", tabindex: "0", "aria-label": label }, image);
  on(image, "error", () => frame.replaceChildren(say("p", "greetings.noWaveform", { class: "faint" })));
  return frame;
}

/** The name of a message in the language of the page. */
export const messageName = (message) => (hasWords(`message.${message}`) ? words(`message.${message}`) : message);
