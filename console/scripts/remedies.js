// Where on the pages something that was found is mended.
import { address, make, words } from "./admin.js";

/** By a finding about a user, the section of the user's page where it is mended. */
const sections = {
  "user.single-method": "phones",
  "user.no-method": "phones",
  "user.number": "phones",
  "user.method-off": "methods",
  "user.registration": "phones",
  "user.reset": "phones",
  "pin.missing": "methods",
};

/** {href, text} of the place where a finding is mended; null where there is none on the pages. */
export function placeOf({ id, subject }) {
  switch (subject?.kind) {
    case "setting": return subject.name ? { href: `/settings#${subject.name}`, text: words("remedy.setting", { name: subject.name }) } : null;
    case "user": {
      if (id === "greeting.language-missing") return { href: "/greetings", text: words("remedy.greetings") };
      const section = sections[id];
      const text = words(section ? `remedy.${section}` : "remedy.user", { user: subject.name });
      return { href: `${address("/users", { user: subject.name })}${section ? `#${section}` : ""}`, text };
    }
    case "greeting": return {
      href: address("/greetings", { message: subject.message, language: subject.language }),
      text: words("settings.toGreeting"),
    };
    case "location": case "key": default: return null;
  }
}

/** The same as a link that looks like a button; null where there is none. */
export function remedyLink(finding) {
  const place = placeOf(finding);
  return place && make("a", { href: place.href, class: "button little start" }, place.text);
}
