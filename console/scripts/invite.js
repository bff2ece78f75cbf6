// Letting other devices in: a link and its QR code, good once; how many are in; closing what is open.
import { ask } from "./api.js";
import { make, refused } from "./shell.js";
import { dateTime, words } from "./words.js";

/** ms between two looks at who has come in. */
const look = 2000;

/** Shows the newest invitation, a new one where none is open. */
export async function invite() {
  let now;
  try {
    now = await ask("/api/invitation");
    if (!now.link) now = await another();
  } catch (problem) {
    return refused(problem);
  }
  new Invitation(now);
}

async function another() {
  await ask("/api/invitation", { method: "POST" });
  return ask("/api/invitation");
}

class Invitation {
  #link;
  #timer;

  constructor(now) {
    const button = (name, kind, action) => {
      const made = make("button", { class: `button ${kind}`, type: "button" }, words(name));
      made.addEventListener("click", action);
      return made;
    };
    this.body = make("div", { class: "invitation-body" });
    this.devices = make("p", { class: "invitation-devices", "aria-live": "polite" });
    this.close = button("invite.close", "danger", () => this.#do(async () => {
      await ask("/api/invitation", { method: "DELETE" });
      return ask("/api/invitation");
    }));
    const done = make("button", { class: "button primary", value: "done" }, words("common.close"));
    this.dialog = make("dialog", { class: "invitation", "aria-labelledby": "invitation-title" },
      make("h2", { id: "invitation-title" }, words("invite.title")), this.body, this.devices, make("p", { class: "hint" }, words("invite.warning")),
      make("form", { method: "dialog", class: "dialog-actions" }, this.close, button("invite.another", "", () => this.#do(another)), done));
    this.dialog.addEventListener("close", () => {
      clearInterval(this.#timer);
      this.dialog.remove();
    });
    this.#draw(now);
    document.body.append(this.dialog);
    this.dialog.showModal();
    done.focus();
    // What is not answered now is asked again.
    this.#timer = setInterval(() => ask("/api/invitation").then((later) => this.#draw(later), () => {}), look);
  }

  async #do(action) {
    try {
      this.#draw(await action());
    } catch (problem) {
      refused(problem);
    }
  }

  #draw({ link, until, devices }) {
    const count = words("invite.devices", { count: devices });
    if (this.devices.textContent !== count) this.devices.textContent = count;
    // Where it has the focus, it has to go somewhere.
    if (!link && this.close === document.activeElement) this.close.nextElementSibling.focus();
    this.close.hidden = !link;
    if (link === this.#link) return;
    this.#link = link;
    if (!link) {
      this.body.replaceChildren(make("p", { class: "invitation-none", role: "status" }, words("invite.none")));
      return;
    }
    this.body.replaceChildren(
      make("p", {}, words("invite.how")),
      // An address of its own each time: the browser is not to take the drawing of another one for it.
      make("img", { class: "invitation-code", src: `/api/invitation/qr?at=${performance.now()}`, alt: words("invite.qr"), width: 320, height: 320 }),
      make("p", { class: "invitation-link mono" }, link),
      make("p", {}, words("invite.until", { until: dateTime(until, { timeStyle: "short" }) })));
  }
}
