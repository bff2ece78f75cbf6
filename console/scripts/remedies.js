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
function placeOf({ id, subject }) {
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

/** What a remedy names of these settings, in the order of its words: `add addresses to fraudAlert.notify`. */
const settingsIn = (remedy, names) => [...new Set(remedy.match(/[A-Za-z]+(?:\.[A-Za-z]+)+/g) ?? [])].filter((name) => names.includes(name));

const linkTo = ({ href, text }) => make("a", { href, class: "button little" }, text);

/**
 * Links to where a finding is mended: the settings that its remedy names, else what it is about; empty where that is on
 * none of the pages.
 * - names: of all settings.
 */
export function remedyLinks(finding, names) {
  const named = settingsIn(finding.remedy, names).map((name) => placeOf({ subject: { kind: "setting", name } }));
  const about = placeOf(finding);
  const isAboutSetting = finding.subject?.kind === "setting";
  return [...(about && !(isAboutSetting && named.length) ? [about] : []), ...named].map(linkTo);
}
