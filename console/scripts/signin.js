// The sign-in as the user sees it: who and how, "we are calling", a field for the code, a number to match, the outcome.
import { tell } from "./sentences.js";
import { make, opens } from "./shell.js";
import { hasWords, language, languageName, list, dateTime, onLanguage, words, wordsOr } from "./words.js";

const $ = (id) => document.getElementById(id);

export class SignIn {
  #drawn = "";
  #form = "";
  #slip = "";

  constructor(room) {
    this.room = room;
    $("sign-in-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.begin();
    });
    $("user").addEventListener("change", () => {
      room.show($("user").value);
      // Who chooses somebody is about to sign in: what came of the last one is not to come between.
      if (this.stage() === "over") this.again = room.signIn;
      this.draw();
    });
    $("method").addEventListener("change", () => this.draw());
    opens($("practice"), $("practice-text"));
    room.addEventListener("change", () => this.draw());
    onLanguage(() => {
      [this.#drawn, this.#form] = ["", ""];
      this.draw();
    });
    this.#tick();
  }

  async begin() {
    const body = { purpose: $("registration").checked ? "registration" : "signIn" };
    for (const [name, id] of [["method", "method"], ["phone", "number"], ["language", "spoken"]]) if ($(id).value) body[name] = $(id).value;
    if (body.phone && body.method && body.method !== "call" && body.method !== "text") delete body.phone;
    this.again = null;
    await this.room.act("sign-in", body);
  }

  /** "form", "asked" (something is awaited of the person) or "over". */
  stage() {
    const [signIn, one] = [this.room.signIn, this.room.verification];
    if (!signIn || this.again === signIn) return "form";
    if (signIn.decided || one?.outcome) return "over";
    return one && one.phase !== "ended" ? "asked" : one ? "over" : "asked";
  }

  draw() {
    const { room } = this;
    const stage = this.stage();
    $("tenant").textContent = room.state.tenant;
    $("practice-menu").hidden = room.state.kept;
    this.#drawSlip();
    $("sign-in").dataset.stage = stage;
    $("sign-in-form").hidden = stage !== "form";
    $("sign-in-now").hidden = stage === "form";
    this.#drawForm();
    if (stage === "form") {
      this.#drawn = "";
      return;
    }
    const [signIn, one] = [room.signIn, room.verification];
    const drawn = JSON.stringify([stage, room.user, signIn.at, signIn.call, signIn.method, one?.phase, one?.method, one?.number, one?.sent, one?.note, one?.match, one?.notified.length, one?.outcome, signIn.decided]);
    if (drawn === this.#drawn) return;
    const hadFocus = $("sign-in-now").contains(document.activeElement);
    this.#drawn = drawn;
    $("sign-in-now").replaceChildren(...(stage === "over" ? this.#over(signIn, one) : this.#asked(signIn, one)));
    if (hadFocus) $("sign-in-now").querySelector("input, button")?.focus();
  }

  /** The pass that the user who is shown could type, as the help desk says it; until it is used or its time is over. */
  #drawSlip() {
    const { state, user } = this.room;
    const pass = state.passes.get(user);
    const isOver = pass && state.startedAt + this.room.now() >= Date.parse(pass.until);
    const drawn = state.users.get(user)?.hasPass && !isOver ? JSON.stringify([pass, user, language()]) : "";
    if (drawn === this.#slip) return;
    this.#slip = drawn;
    if (!drawn) $("slip").replaceChildren();
    else if (!pass) $("slip").replaceChildren(make("p", {}, words("signIn.slip.elsewhere")));
    else $("slip").replaceChildren(make("p", {}, words("signIn.slip")), make("p", { class: "pass" }, pass.text), make("p", { class: "small" }, words(pass.isOnce ? "signIn.slip.once" : "signIn.slip.until", { until: dateTime(pass.until) })));
  }

  #drawForm() {
    const { state, user } = this.room;
    const users = [...state.users.values()];
    const me = state.users.get(user);
    const drawn = JSON.stringify([this.room.languages, user, users.map(({ upn, name }) => [upn, name]), me]);
    if (drawn === this.#form) return;
    this.#form = drawn;
    options($("user"), users.map((one) => [one.upn, one.name ? `${one.name} (${one.upn})` : one.upn]), user);
    options($("method"), [["", words("signIn.method.default")], ...(me?.methods ?? []).map((id) => [id, words(`method.${id}`)])], $("method").value);
    options($("number"), [["", words("signIn.number.default")], ...(me?.phones ?? []).map((phone) => [phone.kind, `${words(`phoneKind.${phone.kind}`)} ${phone.number}`])], $("number").value);
    options($("spoken"), [["", words("signIn.language.default")], ...this.room.languages.map((tag) => [tag, languageName(tag)])], $("spoken").value);
    $("user-facts").replaceChildren(...facts(me));
  }

  #asked(signIn, one) {
    const method = one?.method ?? signIn.method ?? "call";
    const parts = [make("p", { class: "asked" }, this.#sentence(method, one))];
    if (method === "call") parts.push(make("p", { class: "asked-dots", "aria-hidden": "true" }, make("i"), make("i"), make("i")));
    if (method === "app" && one?.match) parts.push(make("p", { class: "match-number", "aria-label": words("signIn.match", { number: one.match }) }, one.match));
    if (["text", "code", "pass"].includes(method) && one) parts.push(this.#field(method));
    if (method === "passkey" && one) parts.push(make("div", { class: "row" }, this.#button("signIn.passkey.touch", "primary", () => this.room.act("passkey", { approve: true })), this.#button("signIn.passkey.decline", "", () => this.room.act("passkey", { approve: false }))));
    if (one?.note) parts.push(make("div", { class: "notice warn", role: "status" }, make("div", { class: "notice-text" }, make("p", {}, wordsOr(`pageNote.${one.note.reason}`, words("pageNote.other"))), hasWords(`pageNote.${one.note.reason}`) && !one.note.sentences ? null : tell(make("p", { class: "small" }), one.note, ["text"]))));
    const last = [this.#button("common.cancel", "quiet", () => this.room.act("cancel"))];
    if (method === "text" && one) last.unshift(this.#button("signIn.resend", "", () => this.room.act("resend")), this.#button("signIn.reply", "quiet alone", () => this.room.act("reply")));
    parts.push(make("div", { class: "row" }, ...last));
    return parts;
  }

  #sentence(method, one) {
    if (method === "call") return one?.number ? words(one.phase === "answered" ? "signIn.onCall" : "signIn.calling", { number: one.number }) : words("signIn.wait");
    if (method === "text") return one?.sent ? words("signIn.texted", { number: one.sent }) : words("signIn.texting");
    if (method === "app") return words(one?.match ? "signIn.app.match" : "signIn.app");
    return words(`signIn.${method}`);
  }

  #field(method) {
    const code = make("input", { id: "code", autocomplete: "one-time-code", inputmode: method === "pass" ? "text" : "numeric", required: true, maxlength: 64, spellcheck: "false" });
    const form = make("form", { class: "code-form" }, make("div", { class: "field" }, make("label", { for: "code" }, words(`signIn.field.${method}`)), code), make("button", { class: "button primary" }, words("signIn.verify")));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const typed = code.value.trim();
      code.value = "";
      await this.room.act("enter", { code: typed });
    });
    return form;
  }

  #over(signIn, one) {
    const said = signIn.decided ?? one.outcome;
    const kind = said?.kind ?? "denied";
    const again = this.#button("signIn.again", "", () => {
      this.again = this.room.signIn;
      this.draw();
      $("user").focus();
    });
    return [
      make("div", { class: `verdict ${kind}`, role: "status", "data-outcome": said?.outcome ?? "" },
        make("p", { class: "verdict-kind" }, words(`outcomeKind.${kind}`)),
        make("p", { class: "verdict-name" }, said ? wordsOr(`outcome.${said.outcome}`, said.outcome) : words("outcome.open")),
        said && make("p", { class: "verdict-text", lang: "en" }, said.text)),
      make("div", { class: "row" }, again),
    ];
  }

  #button(name, kind, action) {
    const button = make("button", { class: `button ${kind}`, type: "button" }, words(name));
    button.addEventListener("click", action);
    return button;
  }

  #tick() {
    setInterval(() => (this.stage() !== $("sign-in").dataset.stage ? this.draw() : this.#drawSlip()), 500);
  }
}

function options(select, entries, chosen) {
  select.replaceChildren(...entries.map(([value, text]) => make("option", { value }, text)));
  select.value = entries.some(([value]) => value === chosen) ? chosen : (entries[0]?.[0] ?? "");
}

function facts(user) {
  if (!user) return [];
  const chips = [];
  const chip = (kind, text) => chips.push(make("span", { class: `chip ${kind}` }, text));
  if (user.blocked) chip("bad", words("fact.blocked"));
  if (user.lockedUntil) chip("bad", words("fact.locked", { until: dateTime(user.lockedUntil) }));
  if (user.atRisk) chip("warn", words("fact.atRisk"));
  if (user.enabled === false) chip("bad", words("fact.disabled"));
  if (user.mustRegister) chip("warn", words("fact.mustRegister"));
  if (user.hasPass) chip("accent", words("fact.hasPass"));
  if (user.phones.length) chip("", list(user.phones.map((phone) => phone.number)));
  if (user.language) chip("", languageName(user.language));
  return chips;
}
