// What happens in the room and on other pages of admins: a sign to look at the server again. One line to the server a
// tab, none while the tab is hidden: a browser has six for all of its tabs.

import { Refusal, silence } from "./api.js";
/** What may have changed what the store holds. What is told is written a little later, so it is looked for again. */
const telling = new Set(["tenantChanged", "session", "user", "outcome", "decided", "record"]);
const looks = [300, 1500, 5000];
/** So long a storm of events may hold off a look. */
const patience = 1500;

/** Has `look` called (it may be asynchronous) when something may have changed; never twice at once, nor behind a dialog. */
export function follow(look) {
  let [source, heard, since, wasLost] = [null, 0, null, false];
  let [busy, again] = [false, false];
  const timers = new Set();

  // What the server refuses now it may answer at the next look; all else is a fault, and shown as one.
  const looked = async () => {
    try {
      await look();
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
    }
  };
  const due = () => {
    if (document.hidden) return;
    if (busy || document.querySelector("dialog[open]")) {
      again = true;
      return;
    }
    [busy, again] = [true, false];
    looked().finally(() => (busy = false));
  };
  const later = (wait) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      since = null;
      due();
    }, wait);
    timers.add(timer);
  };
  const happened = () => {
    const now = performance.now();
    since ??= now;
    const [first, ...others] = looks;
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
    later(Math.max(0, Math.min(first, since + patience - now)));
    others.forEach(later);
  };

  const listen = () => {
    source?.close();
    source = new EventSource("/api/events?after=end");
    heard = performance.now();
    source.onmessage = ({ data }) => {
      heard = performance.now();
      const { type } = JSON.parse(data);
      if (telling.has(type)) happened();
      else if (type === "now" && wasLost) happened();
      if (type === "now") wasLost = false;
    };
    const mine = source;
    source.onerror = () => {
      wasLost = true;
      // A browser gives up by itself where the answer was no stream.
      if (mine.readyState === EventSource.CLOSED) setTimeout(() => mine === source && !document.hidden && listen(), 5000);
    };
  };
  const hide = () => {
    source?.close();
    [source, wasLost] = [null, true];
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? hide() : listen()));
  setInterval(() => {
    if (again) due();
    if (source?.readyState === EventSource.OPEN && performance.now() - heard > silence) {
      wasLost = true;
      listen();
    }
  }, 1000);
  // What happened between the first answer and this line.
  wasLost = true;
  if (!document.hidden) listen();
}

/**
 * Puts `parts` in place of what `place` holds, and leaves standing what says the same: children of one `data-key` are
 * compared. What is open stays open, what is typed into stays, what had the focus has it again.
 * Answers the keys of what is new or other than it was.
 */
export function renew(place, parts) {
  const had = place.contains(document.activeElement) ? document.activeElement : null;
  const within = had?.closest("[data-key]")?.dataset.key;
  const olds = new Map([...place.children].map((old) => [old.dataset.key, old]));
  const changed = [];
  const wanted = parts.filter(Boolean).map((part) => {
    const stays = part.dataset?.key && kept(olds.get(part.dataset.key), part);
    if (!stays) changed.push(part.dataset?.key);
    return stays || part;
  });
  for (const child of [...place.childNodes]) if (!wanted.includes(child)) child.remove();
  // What stays where it is is not touched: an element that is moved loses its focus.
  wanted.forEach((part, index) => place.childNodes[index] !== part && place.insertBefore(part, place.childNodes[index] ?? null));
  if (had && !had.isConnected) counterpart(place, had, within)?.focus({ preventScroll: true });
  return changed;
}

/** Puts `pager` (null for none) in place of the one in `place`, where it is another; the list before it is not touched. */
export function renewPager(place, pager) {
  const old = place.querySelector(".pager");
  if (old && pager) old.isEqualNode(pager) || old.replaceWith(pager);
  else if (pager) place.append(pager);
  else old?.remove();
}

/** The old element, where it says the same as the new one or somebody types into it; else null. */
function kept(old, part) {
  if (!old) return null;
  const before = old.querySelectorAll("details");
  part.querySelectorAll("details").forEach((one, index) => before[index]?.open && (one.open = true));
  return old.isEqualNode(part) || isTypedInto(old) ? old : null;
}

/** Whether something stands in a field of it that has not been sent. */
const isTypedInto = (part) => [...part.querySelectorAll("input, textarea, select")].some((field) => {
  if (field.localName === "select") return isChosenIn(field);
  return field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
});

/** Whether something else is chosen than it was made with, where it was made with a choice. */
function isChosenIn({ options }) {
  const all = [...options];
  return all.some((one) => one.defaultSelected) && all.some((one) => one.selected !== one.defaultSelected);
}

/** What stands where `had` stood; where there is nothing, what it stood in. */
function counterpart(place, had, key) {
  const same = ["id", "aria-label", "href", "name"].map((name) => [name, had.getAttribute(name)]).find(([, value]) => value);
  return (same && place.querySelector(`${had.localName}[${same[0]}="${CSS.escape(same[1])}"]`))
    ?? place.querySelector(`[data-key="${CSS.escape(key ?? "")}"][tabindex]`);
}
