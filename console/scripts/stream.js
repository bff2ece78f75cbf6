// The room as its events tell it. `fold` takes the state of the page one event further; `Room` listens to the server,
// goes on where it was after a lost connection, and hands on what the person does.
import { ask, post, silence } from "./api.js";
import { refused } from "./shell.js";

export function emptyState() {
  return {
    session: null, tenant: "", source: "free", title: "", demo: null, steps: 0, kept: false, person: null, paused: false, startedAt: 0, outdated: false,
    users: new Map(), signIns: new Map(), verifications: new Map(), texts: [], passes: new Map(), records: [], guide: null, latest: null, fault: "none", unkept: null,
  };
}

/** One verification: a call, or what the page asks for. Times are ms from the start of the session; null while open. */
function verification(state, event) {
  let found = state.verifications.get(event.call);
  if (!found) {
    found = {
      call: event.call, user: event.user, method: "call", phase: "asked", number: null, callerId: null, startedAt: event.at, answeredAt: null,
      endedAt: null, endedBy: null, bars: [], marks: [], notified: [], match: null, note: null, sent: null, outcome: null, node: null, machine: null, path: [],
    };
    state.verifications.set(event.call, found);
    if (event.user) {
      state.latest = event.user;
      const signIn = state.signIns.get(event.user);
      if (signIn && signIn.call === null) [signIn.call, found.startedAt] = [event.call, signIn.at];
      else state.signIns.set(event.user, { user: event.user, method: null, at: event.at, call: event.call, decided: null });
    }
  }
  return found;
}

/** Whether something is still awaited of the person. */
function isUnderWay(state, signIn) {
  const one = signIn?.call == null ? null : state.verifications.get(signIn.call);
  return Boolean(one && one.phase !== "ended" && !one.outcome);
}

const bar = (at, kind, more = {}) => ({ at, kind, endedAt: null, length: 0, ticket: null, audio: [], text: null, ...more });

function endBar(one, at, matches = () => true) {
  for (const open of one.bars) if (open.endedAt === null && matches(open)) open.endedAt = at;
}

function mark(one, event, kind, more = {}) {
  one.marks.push({ at: event.at, kind, ...more });
}

function end(one, event, by) {
  [one.phase, one.endedAt, one.endedBy] = ["ended", event.at, by];
  endBar(one, event.at);
}

/** Marks and notes of one verification. */
const ofCalls = new Set(["key", "wrong", "ignored", "pin", "cancelled"]);

const folds = {
  session(state, event) {
    Object.assign(state, emptyState(), {
      session: event.session, tenant: event.tenant, source: event.source, title: event.title, demo: event.demo, steps: event.steps, kept: event.kept, person: event.user ?? null, startedAt: Date.parse(event.startedAt),
      users: new Map(event.users.map((user) => [user.upn, user])),
    });
  },
  user: (state, event) => state.users.set(event.user.upn, event.user),
  signIn(state, event) {
    const before = state.signIns.get(event.user);
    // A second one while the first is verified is refused: the first stays what it is.
    if (isUnderWay(state, before)) return void (before.second = event);
    state.signIns.set(event.user, { user: event.user, method: event.method, at: event.at, call: null, decided: null });
    state.latest = event.user;
  },
  decided(state, event) {
    const before = state.signIns.get(event.user);
    if (before?.second) return void delete before.second;
    const signIn = before ?? { user: event.user, method: null, at: event.at, call: null };
    state.signIns.set(event.user, { ...signIn, call: null, decided: event });
    state.latest = event.user;
  },
  dial(state, event) {
    Object.assign(verification(state, event), { method: "call", phase: "dialling", number: event.number, callerId: event.callerId });
  },
  ring: (state, event) => Object.assign(verification(state, event), { phase: "ringing", shownId: event.callerId, country: event.country }),
  answered(state, event) {
    const one = verification(state, event);
    [one.phase, one.answeredAt] = ["answered", event.at];
    mark(one, event, "answered");
  },
  failed: (state, event) => end(verification(state, event), event, event.reason),
  rungOut: (state, event) => end(verification(state, event), event, "rungOut"),
  cancelled(state, event) {
    mark(verification(state, event), event, "cancelled");
    end(verification(state, event), event, "cancelled");
  },
  hangUp(state, event) {
    const one = verification(state, event);
    if (event.by === "person") mark(one, event, "hangUp");
    end(one, event, event.by);
  },
  play(state, event) {
    const one = verification(state, event);
    endBar(one, event.at);
    const { ticket, message, language, source, length, text, audio } = event;
    one.bars.push(bar(event.at, "message", { ticket, message, language, source, length, text, audio: audio ? [audio] : [] }));
  },
  playEnd: (state, event) => endBar(verification(state, event), event.at, (open) => open.ticket === event.ticket),
  digits(state, event) {
    endBar(verification(state, event), event.at);
    verification(state, event).bars.push(bar(event.at, "digits", { length: event.length, audio: event.audio ?? [], digits: event.digits }));
  },
  tones(state, event) {
    endBar(verification(state, event), event.at);
    verification(state, event).bars.push(bar(event.at, "tones", { length: 1000 }));
  },
  machine: (state, event) => verification(state, event).bars.push(bar(event.at, `machine.${event.does}`, { length: event.length ?? 1000, lane: "person" })),
  key: (state, event) => mark(verification(state, event), event, "key", { key: event.key }),
  wrong(state, event) {
    const one = verification(state, event);
    if (one.method !== "call") one.note = event;
    mark(one, event, "wrong", { text: event.text, sentences: event.sentences, lane: "service" });
  },
  ignored: (state, event) => mark(verification(state, event), event, "ignored", { text: event.text, sentences: event.sentences }),
  pin: (state, event) => mark(verification(state, event), event, event.matched ? "pinRight" : "pinWrong", { lane: "service" }),
  ask(state, event) {
    Object.assign(verification(state, event), { method: event.method, phase: "asked", match: event.match });
    mark(verification(state, event), event, "ask", { lane: "service" });
  },
  textSent(state, event) {
    verification(state, event).sent = event.number;
    mark(verification(state, event), event, "textSent", { lane: "service" });
  },
  textLost: (state, event) => mark(verification(state, event), event, "textLost", { lane: "service" }),
  textRejected: (state, event) => mark(verification(state, event), event, "textRejected", { lane: "service" }),
  textReplied: (state, event) => mark(verification(state, event), event, "textReplied"),
  resend: (state, event) => mark(verification(state, event), event, "resend"),
  typed(state, event) {
    verification(state, event).note = null;
    mark(verification(state, event), event, "typed");
  },
  text(state, event) {
    state.texts.push(event);
    mark(verification(state, event), event, "text", { lane: "service" });
  },
  notified(state, event) {
    verification(state, event).notified.push({ device: event.device, answer: null });
    mark(verification(state, event), event, "notified", { lane: "service", device: event.device });
  },
  deviceAnswered(state, event) {
    const one = verification(state, event);
    for (const notified of one.notified) if (notified.device === event.device) notified.answer = event.answer;
    mark(one, event, `device.${event.answer}`, { device: event.device });
  },
  pageNote(state, event) {
    verification(state, event).note = event;
    mark(verification(state, event), event, "pageNote", { text: event.text, sentences: event.sentences, lane: "service" });
  },
  outcome(state, event) {
    const one = verification(state, event);
    one.outcome = event;
    mark(one, event, "outcome", { outcome: event.outcome, admitted: event.kind === "admitted", lane: "service" });
    if (one.method !== "call") end(one, event, "outcome");
  },
  record(state, event) {
    state.records.push(event);
    const field = (named) => event.fields.find(({ name }) => name === named)?.value;
    if (event.kind === "pass" && field("pass")) state.passes.set(event.user, { text: field("pass"), until: field("until"), isOnce: field("once") === "true" });
  },
  state(state, event) {
    const one = verification(state, event);
    if (one.machine !== event.machine) [one.machine, one.path] = [event.machine, []];
    one.path.push([event.from, event.to]);
    one.node = event.to;
  },
  guide(state, event) {
    state.guide = { ...(state.guide ?? {}), ...event };
  },
  clock(state, event) {
    state.paused = event.paused;
  },
  fault(state, event) {
    state.fault = event.fault;
  },
  tenantChanged(state, event) {
    if (event.later) state.outdated = true;
  },
  // Told once, when they happen.
  refused() {},
  trouble(state, event) {
    if (event.kind === "notKept") state.unkept = event;
    if (event.kind === "kept") state.unkept = null;
  },
};

/** Takes `state` one event further, in place. An event of a kind that this page does not know changes nothing. */
export function fold(state, event) {
  // What is done after the end of a call belongs to none.
  if (ofCalls.has(event.type) && event.call === undefined) return state;
  if (Object.hasOwn(folds, event.type)) folds[event.type](state, event);
  return state;
}

/**
 * The room: its state, its clock, and the way to the server. Fires "event" (detail: {event, live}; live: it happens now
 * and is no part of what is caught up with), "change" (once a frame at most), "connection" (detail: whether there is one).
 */
export class Room extends EventTarget {
  state = emptyState();
  /** The user whose phone is shown. */
  user = null;
  demos = [];
  /** Whether other devices may be invited from here. */
  invites = false;
  faults = [];
  languages = [];
  connected = null;
  live = false;
  #source;
  #last = null;
  #heard = 0;
  #anchor = { at: 0, since: 0 };
  #due = false;
  #sent = Promise.resolve(true);

  async open() {
    try {
      const facts = await ask("/api/room");
      [this.demos, this.faults, this.languages, this.invites] = [facts.demos, facts.faults, facts.languages, facts.invites];
      this.user ??= facts.user;
    } catch (problem) {
      refused(problem);
      setTimeout(() => this.open(), 2000);
      return;
    }
    this.#listen();
    setInterval(() => {
      if (performance.now() - this.#heard <= silence) return;
      this.#lost();
      this.#listen();
    }, 1000);
  }

  /** ms since the session began, by the room's clock. */
  now() {
    return this.#anchor.at + (this.state.paused || !this.live ? 0 : performance.now() - this.#anchor.since);
  }

  /** The sign-in of the user who is shown, and its verification; null where there is none. */
  get signIn() {
    return this.state.signIns.get(this.user) ?? null;
  }

  get verification() {
    const call = this.signIn?.call;
    return call === null || call === undefined ? null : (this.state.verifications.get(call) ?? null);
  }

  show(user) {
    this.user = user;
    this.changed();
  }

  /** Asks the server for something about the shown user; false where it refused, after telling why. */
  async act(path, body = {}) {
    return this.send(path, { user: this.user, ...body });
  }

  /** One after the other: requests side by side may overtake each other, and 0# is not #0. */
  send(path, body = {}) {
    this.#sent = this.#sent.then(async () => {
      try {
        await post(`/api/room/${path}`, body);
        return true;
      } catch (problem) {
        refused(problem);
        return false;
      }
    });
    return this.#sent;
  }

  changed() {
    if (this.#due) return;
    this.#due = true;
    // A hidden tab has no frames, and is to be right when it is looked at again.
    const tell = () => {
      if (!this.#due) return;
      this.#due = false;
      this.dispatchEvent(new Event("change"));
    };
    requestAnimationFrame(tell);
    if (document.hidden) setTimeout(tell, 50);
  }

  #listen() {
    this.#source?.close();
    const source = new EventSource(this.#last ? `/api/events?after=${encodeURIComponent(this.#last)}` : "/api/events");
    [this.#source, this.#heard] = [source, performance.now()];
    source.onmessage = (message) => this.#take(message);
    source.onerror = () => {
      this.#lost();
      // A browser gives up by itself where the answer was no stream.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => source === this.#source && this.#listen(), 1000);
    };
  }

  #take(message) {
    this.#heard = performance.now();
    const event = JSON.parse(message.data);
    if (event.type === "now") {
      this.#anchor = { at: event.at, since: performance.now() };
      [this.live, this.state.paused] = [true, event.paused];
      this.#connection(true);
      this.changed();
      return;
    }
    if (message.lastEventId && !this.#isNew(message.lastEventId, event)) return;
    if (event.type === "clock" || this.live) this.#anchor = { at: event.at ?? this.now(), since: performance.now() };
    fold(this.state, event);
    if (event.type === "session") {
      if (event.source !== "free" || !this.state.users.has(this.user)) this.user = event.user ?? event.users[0]?.upn ?? null;
    } else if (this.state.latest) {
      // Whoever is verified is who is looked at, until somebody else is chosen.
      [this.user, this.state.latest] = [this.state.latest, null];
    }
    this.dispatchEvent(new CustomEvent("event", { detail: { event, live: this.live } }));
    this.changed();
  }

  /** Whether it has not been taken yet; ids are SESSION.N, and N counts up. */
  #isNew(id, event) {
    const dot = id.lastIndexOf(".");
    const [session, count] = [id.slice(0, dot), Number(id.slice(dot + 1))];
    const known = this.#last;
    const same = known && known.session === session;
    if (same && count <= known.count && event.type !== "session") return false;
    this.#last = { session, count, toString: () => id };
    return true;
  }

  #lost() {
    [this.#anchor, this.live] = [{ at: this.now(), since: performance.now() }, false];
    this.#connection(false);
  }

  #connection(connected) {
    if (connected === this.connected) return;
    this.connected = connected;
    this.dispatchEvent(new CustomEvent("connection", { detail: connected }));
  }
}
