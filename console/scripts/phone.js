// The telephone: it rings, speaks with captions, takes keys; texts, notifications and the app's code come to it.
import { ask } from "./api.js";
import { icon, make, refused, small } from "./shell.js";
import { clock, dress, list, onLanguage, words } from "./words.js";

const letters = { 2: "ABC", 3: "DEF", 4: "GHI", 5: "JKL", 6: "MNO", 7: "PQRS", 8: "TUV", 9: "WXYZ", 0: "+" };
const keys = [..."123456789*0#"];
const handset = "M22 16.9v3a2 2 0 0 1-2.2 2A19.8 19.8 0 0 1 2.1 4.2 2 2 0 0 1 4.1 2h3a2 2 0 0 1 2 1.7c.1 1 .4 1.9.7 2.8a2 2 0 0 1-.5 2.1L8 9.9a16 16 0 0 0 6 6l1.3-1.3a2 2 0 0 1 2.1-.4c.9.3 1.8.6 2.8.7a2 2 0 0 1 1.8 2z";
/** How long the outcome of a call stays on the screen after it, in ms of the room. */
const afterglow = 4000;
/** The steps of a demo in which the telephone is not with its person; from the next on, another one is shown. */
const lost = { "lost-phone": { first: 2, last: 6 } };
const $ = (id) => document.getElementById(id);

/** +18553308653 as people write it; what has no plan of ours stays as it came. */
export function written(number) {
  const parts = /^\+1 ?(\d{3})(\d{3})(\d{4})$/.exec(number ?? "");
  return parts ? `+1 ${parts[1]} ${parts[2]} ${parts[3]}` : (number ?? "");
}

export class Phone {
  #peaks = new Map();
  #shownAnswer = null;
  #caption = null;
  #code = null;
  #inbox = "";

  constructor(room, sound) {
    [this.room, this.sound] = [room, sound];
    for (const key of keys) $("keypad").append(this.#key(key));
    for (const [id, drawing] of [["answer", handset], ["hang-up", handset], ["mute", "M11 5 6 9H2v6h4l5 4zM15.5 8.5a5 5 0 0 1 0 7M19 5a10 10 0 0 1 0 14"], ["mute", "M11 5 6 9H2v6h4l5 4zM23 9l-6 6M17 9l6 6"]]) $(id).append(icon(drawing));
    $("answer").addEventListener("click", () => this.answer());
    $("hang-up").addEventListener("click", () => this.hangUp());
    $("mute").addEventListener("click", () => this.mute());
    $("app-code-show").addEventListener("click", () => this.#showCode());
    room.addEventListener("change", () => this.draw());
    room.addEventListener("event", ({ detail: { event, live } }) => live && event.type === "key" && event.user === room.user && this.#flash(event.key));
    onLanguage(() => ((this.#inbox = ""), this.draw()));
    new ResizeObserver(() => this.#fit()).observe($("caption"));
    this.#tick();
  }

  get isBusy() {
    return $("phone").dataset.phase !== "idle";
  }

  async answer() {
    if (this.room.verification?.phase === "ringing") await this.room.act("answer");
  }

  async hangUp() {
    if (["ringing", "answered"].includes(this.room.verification?.phase)) await this.room.act("hang-up");
  }

  mute() {
    this.sound.mute(!this.sound.muted);
    $("mute").setAttribute("aria-pressed", String(this.sound.muted));
  }

  async press(key) {
    if (this.room.verification?.phase !== "answered") return;
    this.sound.key(key);
    this.#flash(key);
    await this.room.act("press", { key });
  }

  #key(key) {
    const button = make("button", { class: "pad", type: "button", "data-key": key, "aria-label": key === "#" || key === "*" ? null : key },
      make("span", { class: "key-sign" }, key), letters[key] && make("span", { class: "key-letters", "aria-hidden": "true" }, letters[key]));
    if (key === "#") button.dataset.wordsLabel = "phone.key.pound";
    if (key === "*") button.dataset.wordsLabel = "phone.key.star";
    dress(button);
    // At the touch and not at its end, as a telephone does; the focus stays where it is.
    button.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      this.press(key);
    });
    button.addEventListener("click", (event) => event.detail === 0 && this.press(key));
    return button;
  }

  #flash(key) {
    const button = key && $("keypad").querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!button) return;
    button.classList.add("pressed");
    setTimeout(() => button.classList.remove("pressed"), 180);
  }

  /** What the telephone shows: "ringing", "answered", "over" (a call just ended), "idle". */
  #phase(one) {
    if (!one || one.method !== "call") return "idle";
    if (one.phase === "ringing" || one.phase === "answered") return one.phase;
    const wasThere = one.phase === "ended" && (one.answeredAt !== null || one.shownId !== undefined);
    return wasThere && this.room.now() - one.endedAt < afterglow ? "over" : "idle";
  }

  draw() {
    const { room } = this;
    const one = room.verification;
    const phase = this.#phase(one);
    const user = room.state.users.get(room.user);
    const isNew = $("phone").dataset.phase !== phase;
    $("phone").dataset.phase = phase;
    // On a small screen the sign-in may be what is looked at.
    if (isNew && phase === "ringing" && room.live && matchMedia(small).matches) requestAnimationFrame(() => ($("guide").hidden ? $("phone").scrollIntoView({ block: "nearest" }) : $("guide").scrollIntoView()));
    $("phone-call").hidden = phase === "idle";
    $("phone-home").hidden = phase !== "idle";
    $("device-owner").textContent = user?.name || room.user || "";
    $("device-app").textContent = user?.apps.length ? list(user.apps) : "";
    this.#drawWhose(user);
    if (phase === "idle") {
      this.#drawHome(user, one);
      return;
    }
    $("caller-label").textContent = words(`phone.${phase}`);
    $("caller").textContent = one.shownId ? written(one.shownId) : words("phone.unknown");
    $("caller").classList.toggle("unknown", !one.shownId);
    $("answer").hidden = phase !== "ringing";
    $("hang-up").hidden = phase === "over";
    $("keypad").classList.toggle("asleep", phase !== "answered");
    for (const key of $("keypad").children) key.disabled = phase !== "answered";
    $("wave").hidden = $("caption").hidden = phase === "ringing";
    this.#say(phase === "answered" ? this.#speaking(one) : null);
  }

  #speaking(one) {
    return one.bars.findLast((bar) => bar.endedAt === null && bar.lane !== "person") ?? null;
  }

  #say(bar) {
    if (bar === this.#caption?.bar && words("phone.title") === this.#caption?.language) return;
    this.#caption = { bar, language: words("phone.title") };
    const text = $("caption-text");
    const said = !bar ? "" : bar.kind === "digits" ? [...bar.digits].join(" ") : bar.kind === "tones" ? words("phone.tones") : (bar.text ?? words("phone.noWords"));
    text.textContent = said;
    if (bar?.text && bar.language) text.lang = bar.language;
    else text.removeAttribute("lang");
    this.#fit();
    $("caption").scrollTop = 0;
  }

  /** Words that do not fit are set smaller, down to two thirds. */
  #fit() {
    const [box, text] = [$("caption"), $("caption-text")];
    text.style.fontSize = "";
    const size = parseFloat(getComputedStyle(text).fontSize);
    for (let part = 95; part >= 65 && box.scrollHeight > box.clientHeight; part -= 5) text.style.fontSize = `${(size * part) / 100}px`;
  }

  /** Where a demo is about a lost telephone: that this is the lost one, or the new one. */
  #drawWhose(user) {
    const { source, demo, guide, person } = this.room.state;
    const about = source === "demo" && this.room.user === person ? lost[demo] : null;
    const step = about ? (guide?.step ?? 0) : 0;
    const isLost = step > 0 && step >= about.first && step <= about.last;
    const text = isLost || step > about?.last ? words(isLost ? "phone.away" : "phone.new", { name: (user?.name || this.room.user).split(/[ @]/)[0] }) : "";
    $("phone").classList.toggle("away", isLost);
    $("device-words").hidden = !text;
    if ($("device-words").textContent !== text) $("device-words").textContent = text;
  }

  // What comes without a call: texts, notifications.
  #drawHome(user, one) {
    const texts = this.room.state.texts.filter((text) => text.user === this.room.user);
    const asked = one && one.phase === "asked" && one.method === "app" ? one.notified : [];
    $("app-code").hidden = !user?.apps.length;
    const empty = texts.length === 0 && asked.length === 0;
    $("home-hint").hidden = !empty;
    // Fields that are being filled in are left alone while nothing about them has changed.
    const drawn = JSON.stringify([texts.length, asked, this.room.user, one?.call, this.room.state.session]);
    if (drawn === this.#inbox) return;
    this.#inbox = drawn;
    const cards = [...texts.map((text) => this.#text(text)), ...asked.map((notified) => this.#notification(notified, one))];
    $("inbox").replaceChildren(...cards);
    $("inbox").scrollTop = $("inbox").scrollHeight;
  }

  #text(text) {
    const sender = text.sender ? written(text.sender) : words("phone.unknown");
    const bubbles = text.parts.map((part) => make("p", { class: "bubble", lang: text.language }, part));
    const about = words("phone.text.about", { count: text.parts.length, encoding: text.encoding });
    return make("article", { class: "letter" }, make("h3", {}, sender), ...bubbles, make("p", { class: "letter-about" }, about));
  }

  #notification(notified, one) {
    const card = make("article", { class: "letter notification", "data-device": notified.device }, make("h3", {}, words("phone.app", { device: notified.device })));
    if (notified.answer) {
      card.append(make("p", {}, words(`phone.app.${notified.answer}`)));
      return card;
    }
    const field = one.match ? make("input", { class: "match", inputmode: "numeric", maxlength: 2, autocomplete: "off", pattern: "[0-9]*", required: true, "aria-label": words("phone.app.number") }) : null;
    const answer = (answered, more = {}) => this.room.act("app", { answer: answered, device: notified.device, ...more });
    const button = (name, kind, action) => make("button", { class: `button ${kind}`, type: action ? "button" : "submit" }, words(name));
    const form = make("form", {}, make("p", {}, words("phone.app.ask", { tenant: this.room.state.tenant })), field && make("p", { class: "letter-about" }, words("phone.app.match")), field,
      make("div", { class: "row" }, button("phone.app.approve", "approve"), button("phone.app.decline", "", true), button("phone.app.report", "danger", true)));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer("approve", field ? { number: field.value } : {});
    });
    const [, decline, report] = form.querySelectorAll("button");
    decline.addEventListener("click", () => answer("decline"));
    report.addEventListener("click", () => answer("report"));
    card.append(form);
    return card;
  }

  async #showCode() {
    try {
      const { code, validFor } = await ask(`/api/room/code?user=${encodeURIComponent(this.room.user)}`);
      this.#code = { user: this.room.user, code, length: validFor, until: performance.now() + validFor };
    } catch (problem) {
      refused(problem);
    }
  }

  #drawCode() {
    const shown = this.#code;
    if (shown && (performance.now() > shown.until || shown.user !== this.room.user)) this.#code = null;
    const text = this.#code ? this.#code.code.replace(/(\d{3})(?=\d)/g, "$1 ") : "";
    if ($("app-code-shown").textContent !== text) $("app-code-shown").textContent = text;
    $("app-code-left").style.width = this.#code ? `${(100 * (shown.until - performance.now())) / Math.max(shown.length, 30_000)}%` : "0";
  }

  // What moves: time, the waveform, the code's life.
  #tick() {
    // First of all: whatever goes wrong below, the next frame is drawn.
    requestAnimationFrame(() => this.#tick());
    const one = this.room.verification;
    const phase = $("phone").dataset.phase;
    if (phase === "over" && this.#phase(one) !== "over") this.draw();
    // A reset has taken the call away, and the telephone is not drawn anew yet.
    if (phase === "answered" && one) {
      const time = clock(this.room.now() - one.answeredAt);
      if ($("call-time").textContent !== time) $("call-time").textContent = time;
      const bar = this.#speaking(one);
      this.#wave(bar);
      // Words that do not fit move along with what is said.
      const [caption, hidden] = [$("caption"), $("caption").scrollHeight - $("caption").clientHeight];
      if (bar && hidden > 0 && !caption.matches(":focus, :hover")) caption.scrollTop = hidden * Math.min(1, Math.max(0, ((this.room.now() - bar.at) / bar.length - 0.3) / 0.5));
    } else if (phase === "ringing" && $("call-time").textContent !== "") $("call-time").textContent = "";
    this.#drawCode();
  }

  #wave(bar) {
    const canvas = $("wave");
    const [width, height] = [canvas.clientWidth * devicePixelRatio, canvas.clientHeight * devicePixelRatio];
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    const pen = canvas.getContext("2d");
    pen.clearRect(0, 0, width, height);
    const count = Math.floor(width / (4 * devicePixelRatio));
    const peaks = bar && bar.audio.length ? this.#peaksOf(bar, count) : null;
    const played = bar ? Math.min(1, (this.room.now() - bar.at) / (bar.length || 1)) : 0;
    const style = getComputedStyle(canvas);
    for (let index = 0; index < count; index += 1) {
      const size = Math.max(2 * devicePixelRatio, (peaks?.[index] ?? 0) * height);
      pen.fillStyle = bar && index / count <= played ? style.color : style.borderColor;
      pen.fillRect(index * 4 * devicePixelRatio, (height - size) / 2, 2.5 * devicePixelRatio, size);
    }
    if (!bar) return;
    pen.fillStyle = style.outlineColor;
    pen.fillRect(Math.min(width - 2, played * width), 0, 2 * devicePixelRatio, height);
  }

  /** The loudness of `count` parts of what plays, 0 to 1; null until it is there. */
  #peaksOf(bar, count) {
    const key = `${bar.audio[0]} ${bar.audio.length} ${count}`;
    if (!this.#peaks.has(key)) {
      this.#peaks.set(key, null);
      Promise.all(bar.audio.map((url) => this.sound.buffer(url))).then((buffers) => {
        const samples = buffers.filter(Boolean).map((buffer) => buffer.getChannelData(0));
        this.#peaks.set(key, loudness(samples, count));
      });
    }
    return this.#peaks.get(key);
  }
}

function loudness(parts, count) {
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  const peaks = new Float32Array(count);
  let position = 0;
  for (const part of parts) {
    for (let index = 0; index < part.length; index += 4) {
      const slot = Math.min(count - 1, Math.floor(((position + index) / total) * count));
      peaks[slot] = Math.max(peaks[slot], Math.abs(part[index]));
    }
    position += part.length;
  }
  const top = Math.max(...peaks) || 1;
  return peaks.map((peak) => peak / top);
}
