// What is heard in the room: the service's messages from the very file the call plays, ringing, keys, a chime.
// It follows the room's clock: a tab that joins late starts in the middle, a pause holds the sound.

/** Ringing tones: frequencies in Hz, and ms of sound and silence in turn. By calling code; `other` is the usual one of Europe. */
const ringings = {
  1: { tones: [440, 480], cadence: [2000, 4000] },
  33: { tones: [440], cadence: [1500, 3500] },
  44: { tones: [400, 450], cadence: [400, 200, 400, 2000] },
  61: { tones: [400, 450], cadence: [400, 200, 400, 2000] },
  64: { tones: [400, 450], cadence: [400, 200, 400, 2000] },
  81: { tones: [384, 416], cadence: [1000, 2000] },
  other: { tones: [425], cadence: [1000, 4000] },
};
const rows = { 1: 697, 2: 697, 3: 697, 4: 770, 5: 770, 6: 770, 7: 852, 8: 852, 9: 852, "*": 941, 0: 941, "#": 941 };
const columns = { 1: 1209, 4: 1209, 7: 1209, "*": 1209, 2: 1336, 5: 1336, 8: 1336, 0: 1336, 3: 1477, 6: 1477, 9: 1477, "#": 1477 };
/** How far a sound may be from the room's clock before it is started anew, in s. */
const tolerance = 0.25;

/** The ringing tone for a number as `+44 …`; the longest calling code that has one. */
export function ringing(number) {
  const digits = /^\+(\d+)/.exec(number ?? "")?.[1] ?? "";
  return ringings[digits.slice(0, 2)] ?? (digits.startsWith("1") ? ringings[1] : ringings.other);
}

export class Sound {
  #context = new AudioContext();
  #out = this.#context.createGain();
  #buffers = new Map();
  #message = null;
  #ringing = null;
  #echoes = 0;
  muted = false;

  constructor(room) {
    this.room = room;
    this.#out.connect(this.#context.destination);
    room.addEventListener("change", () => this.follow());
    room.addEventListener("event", ({ detail: { event, live } }) => live && this.#hear(event));
    room.addEventListener("connection", () => this.follow());
  }

  /** To be called while a click is handled: browsers want one before they play. */
  start() {
    return this.#context.resume();
  }

  mute(muted) {
    this.muted = muted;
    this.#out.gain.setTargetAtTime(muted ? 0 : 1, this.#context.currentTime, 0.01);
  }

  /** The samples of a sound of the server's, decoded once; null where it cannot be had. */
  buffer(url) {
    if (!this.#buffers.has(url)) {
      if (this.#buffers.size > 60) this.#buffers.clear();
      this.#buffers.set(url, this.#load(url));
    }
    return this.#buffers.get(url);
  }

  async #load(url) {
    try {
      const answer = await fetch(url);
      return answer.ok ? await this.#context.decodeAudioData(await answer.arrayBuffer()) : null;
    } catch {
      return null;
    }
  }

  /** Brings what is heard in line with the state of the room. */
  follow() {
    const one = this.room.live ? this.room.verification : null;
    const paused = this.room.state.paused;
    if (paused && this.#context.state === "running") this.#context.suspend();
    if (!paused && this.#context.state === "suspended") this.#context.resume();
    this.#ring(one?.phase === "ringing" ? ringing(one.country ?? (one.number?.startsWith("+X") ? one.shownId : one.number)) : null);
    const playing = one?.bars.findLast((bar) => bar.endedAt === null && bar.audio.length > 0);
    if (!playing) this.#silence();
    else if (!paused) this.#play(playing);
  }

  async #play(bar) {
    const running = this.#message?.bar === bar ? this.#message : null;
    if (running && (running.isLoading || Math.abs(this.#offset(bar) - (this.#context.currentTime - running.began)) < tolerance)) return;
    this.#silence();
    const mine = (this.#message = { bar, isLoading: true, sources: [], began: 0 });
    const buffers = await Promise.all(bar.audio.map((url) => this.buffer(url)));
    if (this.#message !== mine) return;
    let start = this.#context.currentTime - this.#offset(bar);
    [mine.isLoading, mine.began] = [false, start];
    for (const buffer of buffers.filter(Boolean)) {
      const into = Math.max(0, this.#context.currentTime - start);
      if (into < buffer.duration) {
        const source = this.#context.createBufferSource();
        source.buffer = buffer;
        source.connect(this.#out);
        source.start(Math.max(start, this.#context.currentTime), into);
        mine.sources.push(source);
      }
      start += buffer.duration;
    }
  }

  #offset(bar) {
    return Math.max(0, (this.room.now() - bar.at) / 1000);
  }

  #silence() {
    for (const source of this.#message?.sources ?? []) source.stop();
    this.#message = null;
  }

  #ring(wanted) {
    if (wanted === (this.#ringing?.tone ?? null)) return;
    if (this.#ringing) {
      clearInterval(this.#ringing.timer);
      for (const part of this.#ringing.parts) part.stop();
    }
    this.#ringing = null;
    if (!wanted) return;
    const ring = (this.#ringing = { tone: wanted, parts: [], next: this.#context.currentTime });
    const round = wanted.cadence.reduce((sum, ms) => sum + ms, 0) / 1000;
    const schedule = () => {
      // Two rounds ahead at most; while the context is held, its time and so this stands still.
      while (ring.next < this.#context.currentTime + 1) {
        let at = Math.max(ring.next, this.#context.currentTime);
        ring.parts = [];
        for (let index = 0; index < wanted.cadence.length; index += 2) {
          ring.parts.push(...this.#tone(wanted.tones, at, wanted.cadence[index] / 1000, 0.12));
          at += (wanted.cadence[index] + wanted.cadence[index + 1]) / 1000;
        }
        ring.next += round;
      }
    };
    schedule();
    ring.timer = setInterval(schedule, 250);
  }

  /** Sine tones together, with soft edges; volume is their sum. */
  #tone(frequencies, at, length, volume) {
    const gain = this.#context.createGain();
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(volume / frequencies.length, at + 0.01);
    gain.gain.setValueAtTime(volume / frequencies.length, at + length - 0.02);
    gain.gain.linearRampToValueAtTime(0, at + length);
    gain.connect(this.#out);
    return frequencies.map((frequency) => {
      const source = this.#context.createOscillator();
      source.frequency.value = frequency;
      source.connect(gain);
      source.start(at);
      source.stop(at + length);
      return source;
    });
  }

  /** A key under the finger: heard at once, and not again when its event comes back. */
  key(key, isMine = true) {
    if (isMine) this.#echoes += 1;
    // A key that may be of a PIN is told by nobody, not by its tone either.
    const tones = key ? [rows[key], columns[key]] : [1000];
    this.#tone(tones, this.#context.currentTime, key ? 0.13 : 0.05, 0.2);
  }

  #hear(event) {
    // What a step skips is not heard afterwards.
    if (this.room.state.paused || (event.user && event.user !== this.room.user)) return;
    const now = this.#context.currentTime;
    if (event.type === "key") {
      if (this.#echoes > 0) this.#echoes -= 1;
      else this.key(event.key, false);
    } else if (event.type === "text" || event.type === "notified") {
      this.#tone([1047], now, 0.15, 0.15);
      this.#tone([1319], now + 0.12, 0.3, 0.15);
    } else if (event.type === "machine" && event.does === "beeps") {
      this.#tone([1000], now, 0.5, 0.2);
    } else if (["hangUp", "failed", "outcome", "session"].includes(event.type)) {
      this.#echoes = 0;
    }
  }
}
