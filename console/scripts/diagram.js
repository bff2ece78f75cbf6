// The machine that decides, as a drawing: nodes and ways as the server's own exploration found them, places by hand.
// The current node is lit and the way walked drawn stronger. A way to the end is only drawn once it was taken, but from
// "closing": nearly every state has one.
import { ask } from "./api.js";
import { draw, refused } from "./shell.js";
import { onLanguage, words, wordsOr } from "./words.js";

/** Column and row of each node. */
const places = {
  voice: {
    idle: [0, 0], ringing: [0, 1],
    introducingExtension: [1, 0], speakingExtension: [2, 0], sendingTones: [3, 0], extensionPrompt: [4, 0], extensionGrace: [5, 0],
    prompt: [1.25, 1], digits: [2.5, 1], checkingPIN: [3.75, 1],
    grace: [1.25, 2], confirmingBlock: [2.75, 2], confirmingGrace: [3.9, 2],
    closing: [5, 1.5], ended: [5, 2.6],
  },
  text: { idle: [0, 0.5], codeSent: [1.25, 0.5], resendOpen: [2.75, 0], expired: [2.75, 1], ended: [4.25, 0.5] },
  challenge: { idle: [0, 0], waiting: [1.5, 0], ended: [3, 0] },
};
/** How far a way bends aside, in px to the left of its direction; straight where nothing stands. */
const bends = {
  "voice prompt closing": 62, "voice digits prompt": 40, "voice digits closing": 46, "voice checkingPIN prompt": 66, "voice grace closing": -92,
  "voice confirmingBlock closing": 30, "voice extensionPrompt prompt": -6, "voice ringing ended": -130, "voice prompt ended": -70, "voice grace ended": -60,
  "text resendOpen codeSent": -16, "text codeSent resendOpen": -16, "text expired codeSent": -16, "text codeSent expired": -16,
};
const cell = { width: 140, height: 100 };
const node = { width: 116, height: 44 };
const $ = (id) => document.getElementById(id);

export class Diagram {
  #machines = new Map();
  #machine = null;
  #walked = "";

  constructor(room) {
    this.room = room;
    room.addEventListener("change", () => this.draw());
    onLanguage(() => {
      this.#machine = null;
      this.draw();
    });
    this.#load();
  }

  async #load() {
    try {
      const { machines } = await ask("/api/room/diagram");
      for (const machine of machines) this.#machines.set(machine.id, machine);
      this.draw();
    } catch (problem) {
      refused(problem);
    }
  }

  draw() {
    const one = this.room.verification;
    const machine = this.#machines.get(one?.machine ?? "voice");
    if (!machine) return;
    const path = one?.machine === machine.id ? one.path : [];
    const current = path.at(-1)?.[1] ?? machine.start;
    const walked = JSON.stringify([machine.id, path]);
    if (this.#machine !== machine.id) this.#redraw(machine);
    else if (walked === this.#walked) return;
    this.#walked = walked;
    this.#light(machine, path, current);
  }

  #redraw(machine) {
    this.#machine = machine.id;
    this.at = layout(machine);
    const all = [...this.at.values()];
    const [width, height] = [Math.max(...all.map(([x]) => x)) + node.width / 2 + 12, Math.max(...all.map(([, y]) => y)) + node.height / 2 + 16];
    this.svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", class: "machine" });
    this.svg.style.setProperty("--width", `${width / 16}rem`);
    this.ways = draw("g", { class: "ways" });
    this.svg.append(arrows(), this.ways, ...machine.nodes.map((name) => this.#node(name)));
    $("diagram").replaceChildren(this.svg);
  }

  #node(name) {
    const [x, y] = this.at.get(name);
    const group = draw("g", { class: "node", "data-node": name, transform: `translate(${x} ${y})` });
    group.append(draw("rect", { x: -node.width / 2, y: -node.height / 2, width: node.width, height: node.height, rx: 10 }));
    const lines = twoLines(nodeName(name));
    lines.forEach((line, index) => {
      const text = draw("text", { y: (index - (lines.length - 1) / 2) * 16 });
      text.textContent = line;
      group.append(text);
    });
    return group;
  }

  #light(machine, path, current) {
    const walked = new Set(path.map(([from, to]) => `${from} ${to}`));
    const last = path.at(-1)?.join(" ");
    const known = machine.edges.map(({ from, to }) => [from, to]);
    const taken = path.filter(([from, to]) => !known.some(([a, b]) => a === from && b === to));
    const shown = [...known, ...taken].filter(([from, to]) => walked.has(`${from} ${to}`) || to !== machine.end || from === "closing" || machine.nodes.length < 8);
    const seen = new Set();
    const ways = [];
    for (const [from, to] of shown) {
      const key = `${from} ${to}`;
      if (seen.has(key) || !this.at.has(from) || !this.at.has(to)) continue;
      seen.add(key);
      const kind = key === last ? "way walked last" : walked.has(key) ? "way walked" : "way";
      ways.push(draw("path", { class: kind, "data-way": key, d: this.#way(from, to), "marker-end": `url(#${walked.has(key) ? "arrow-walked" : "arrow"})` }));
    }
    ways.sort((one, other) => one.classList.length - other.classList.length);
    this.ways.replaceChildren(...ways);
    const visited = new Set(path.flat());
    for (const group of this.svg.querySelectorAll(".node")) {
      group.classList.toggle("current", group.dataset.node === current);
      group.classList.toggle("visited", visited.has(group.dataset.node));
    }
    const name = nodeName(current);
    $("diagram-now").textContent = name;
    this.svg.setAttribute("aria-label", words("diagram.label", { machine: wordsOr(`machine.${machine.id}`, machine.id), node: name, count: path.length }));
  }

  #way(from, to) {
    const [start, stop] = [this.at.get(from), this.at.get(to)];
    if (from === to) {
      const [x, y] = [start[0], start[1] - node.height / 2];
      return `M${x - 16} ${y}C${x - 22} ${y - 26} ${x + 22} ${y - 26} ${x + 16} ${y - 2}`;
    }
    const bend = bends[`${this.#machine} ${from} ${to}`] ?? 0;
    const [dx, dy] = [stop[0] - start[0], stop[1] - start[1]];
    const length = Math.hypot(dx, dy);
    // Twice the bend: a quadratic curve passes half way to its control point.
    const middle = [(start[0] + stop[0]) / 2 + (dy / length) * bend * 2, (start[1] + stop[1]) / 2 - (dx / length) * bend * 2];
    const [a, b] = [edge(start, middle), edge(stop, middle, 5)];
    return bend ? `M${a}Q${middle.map(Math.round)} ${b}` : `M${a}L${b}`;
  }
}

const nodeName = (name) => wordsOr(`node.${name}`, name.replace(/([a-z])([A-Z])/g, (_, before, after) => `${before} ${after.toLowerCase()}`));

/** Where the line from the middle of a node to `towards` leaves it, `gap` px outside. */
function edge([x, y], [toX, toY], gap = 0) {
  const [dx, dy] = [toX - x, toY - y];
  const scale = Math.min((node.width / 2 + gap) / (Math.abs(dx) || 1e-9), (node.height / 2 + gap) / (Math.abs(dy) || 1e-9));
  return [Math.round(x + dx * scale), Math.round(y + dy * scale)];
}

/** The middle of each node, in px; what has no place of its own stands in rows below. */
function layout(machine) {
  const own = places[machine.id] ?? {};
  const bottom = Object.keys(own).some((name) => machine.nodes.includes(name)) ? Math.ceil(Math.max(...Object.values(own).map(([, row]) => row))) + 1 : 0;
  let count = 0;
  return new Map(machine.nodes.map((name) => {
    const [column, row] = own[name] ?? [count % 6, bottom + Math.floor(count++ / 6)];
    return [name, [70 + column * cell.width, 44 + row * cell.height]];
  }));
}

function twoLines(text) {
  if (text.length <= 12 || !text.includes(" ")) return [text];
  const half = [...text].map((letter, index) => (letter === " " ? index : -1)).filter((index) => index >= 0)
    .reduce((best, index) => (Math.abs(index - text.length / 2) < Math.abs(best - text.length / 2) ? index : best));
  return [text.slice(0, half), text.slice(half + 1)];
}

function arrows() {
  const definitions = draw("defs");
  for (const id of ["arrow", "arrow-walked"]) {
    const marker = draw("marker", { id, viewBox: "0 0 8 8", refX: 6, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto-start-reverse", markerUnits: "userSpaceOnUse", class: id });
    marker.append(draw("path", { d: "M0 0 8 4 0 8z" }));
    definitions.append(marker);
  }
  return definitions;
}
