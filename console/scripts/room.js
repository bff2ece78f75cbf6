// The room: starts at one click, then draws telephone, sign-in, timeline, machine and records from the events; top bar, keys.
import { ask } from "./api.js";
import { confirmed, make, notice, opens, refused } from "./shell.js";
import { Room } from "./stream.js";
import { also, dress, onLanguage, ready, words, wordsOr } from "./words.js";

const $ = (id) => document.getElementById(id);
const room = new Room();
const parts = {};

// What is drawn after the click is loaded with it: the first page stays light.
async function start() {
  $("start-button").disabled = true;
  const [{ Sound }, { Phone }, { SignIn }, { Timeline }, { Diagram }, { Records }, { Guide }, { fold }] = await Promise.all(
    ["sound", "phone", "signin", "timeline", "diagram", "records", "guide", "fold"].map((name) => import(`./${name}.js`)));
  await ready;
  await also("room");
  parts.sound = new Sound(room);
  // A browser without a way to play sound must not hold up the rest.
  Promise.resolve(parts.sound.start()).catch(() => {});
  parts.phone = new Phone(room, parts.sound);
  parts.signIn = new SignIn(room);
  parts.timeline = new Timeline(room);
  parts.diagram = new Diagram(room);
  parts.records = new Records(room);
  parts.guide = new Guide(room);
  $("start").hidden = true;
  $("room").hidden = $("tools-menu").hidden = false;
  fold();
  document.body.classList.add("started");
  room.changed();
  $("main").focus({ preventScroll: true });
}

function drawTools() {
  $("demos").replaceChildren(...room.demos.map(({ id, title }) => item(wordsOr(`guide.${id}.title`, title), room.state.demo === id, () => parts.guide.play(id))));
  $("faults").replaceChildren(...room.faults.map((id) => item(wordsOr(`fault.${id}`, id), room.state.fault === id, async () => {
    if (await room.act("fault", { fault: id })) notice(words("room.fault.set", { fault: wordsOr(`fault.${id}`, id) }));
  })));
  $("invite").hidden = !room.invites;
  $("faults-open").classList.toggle("danger", room.state.fault !== "none");
}

let isInviting = false;
async function invite() {
  if (isInviting) return;
  isInviting = true;
  try {
    await (await import("./invite.js")).invite();
  } catch (problem) {
    notice(words("error.noAnswer"), "bad");
    console.error(problem);
  } finally {
    isInviting = false;
  }
}

function item(text, isOn, action) {
  const button = make("button", { type: "button", "aria-pressed": String(isOn) }, text);
  button.addEventListener("click", action);
  return make("li", {}, button);
}

async function reset() {
  const { calls, records } = { calls: room.state.verifications.size, records: room.state.records.length };
  const isEmpty = calls === 0 && records === 0 && room.state.source === "free";
  const text = words(room.state.kept ? "room.reset.kept" : "room.reset.text");
  if (isEmpty || (await confirmed({ title: words("room.reset.title"), text, action: words("room.reset.action"), danger: true }))) await room.send("reset");
}

async function save() {
  try {
    const text = await ask("/api/room/scenario");
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: "text/yaml" })), download: "session.yaml" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    notice(words("room.saved"), "good");
  } catch (problem) {
    refused(problem);
  }
}

function present(on) {
  document.documentElement.classList.toggle("presenting", on);
  $("presenter").setAttribute("aria-pressed", String(on));
  try {
    localStorage.setItem("poundkey.presenter", on ? "on" : "");
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

function remembersPresenter() {
  try {
    return localStorage.getItem("poundkey.presenter") === "on";
  } catch {
    return false;
  }
}

const actions = {
  Enter: () => parts.phone.answer(),
  h: () => parts.phone.hangUp(),
  Escape: () => parts.phone.hangUp(),
  m: () => parts.phone.mute(),
  p: () => parts.guide.pause(),
  n: () => parts.guide.step(),
  s: () => ([...$("sign-in-now").querySelectorAll("input, button")].find((one) => one.offsetParent) ?? $("user")).focus(),
  "?": () => $("help").showModal(),
};

function onKey(event) {
  if (!parts.phone || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, select, textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "Enter" && event.target.closest("button, a, summary")) return;
  const key = /^[0-9*#]$/.test(event.key);
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.repeat || (!key && !Object.hasOwn(actions, name))) return;
  event.preventDefault();
  if (key) parts.phone.press(event.key);
  else actions[name]();
}

$("start-button").addEventListener("click", () => start().catch((problem) => {
  $("start-button").disabled = false;
  notice(words("error.noAnswer"), "bad");
  console.error(problem);
}));
opens($("demos-open"), $("demos"));
opens($("faults-open"), $("faults"));
$("presenter").addEventListener("click", () => present(!document.documentElement.classList.contains("presenting")));
$("reset").addEventListener("click", reset);
$("changed-reset").addEventListener("click", reset);
$("invite").addEventListener("click", invite);
$("save").addEventListener("click", save);
$("help-open").addEventListener("click", () => $("help").showModal());
document.addEventListener("keydown", onKey);

room.addEventListener("event", ({ detail: { event, live } }) => {
  if (event.type === "session" || event.type === "fault") drawTools();
  if (live && event.type === "refused") notice(words("room.refused"), "warn", event);
  // Decided while another one is verified: the page goes on with that.
  if (live && event.type === "decided" && event.user === room.user && room.verification) notice(wordsOr(`outcome.${event.outcome}`, words("room.refused")), "warn");
  if (event.type === "trouble" || event.type === "session") tellTrouble(event, live);
  if (live && event.type === "ignored" && event.user === room.user) notice(wordsOr(`ignored.${event.reason}`, words("room.ignored")), "", event);
});
/** That something is not kept stands there until it is, also for who comes later. */
let unkept = null;
function tellTrouble(event, live) {
  if (event.type === "session" || event.kind === "kept" || event.kind === "notKept") unkept?.remove();
  if (event.kind === "notKept") unkept = notice(words(`trouble.notKept.${event.reason}`), "bad", null, { lasts: true });
  else if (live && event.type === "trouble") notice(words(`trouble.${event.kind}`, event), event.kind === "kept" ? "good" : "bad");
}

room.addEventListener("connection", ({ detail: connected }) => {
  $("lost").hidden = connected;
  document.body.classList.toggle("lost-connection", !connected);
  if (connected && room.wasLost) notice(words("room.back"), "good");
  room.wasLost = !connected;
});
room.addEventListener("change", () => {
  document.documentElement.dataset.session = room.state.session ?? "";
  $("changed").hidden = !room.state.outdated;
});
onLanguage(drawTools);

present(remembersPresenter());
ready.then(() => {
  dress();
  return room.open();
}).then(drawTools);
