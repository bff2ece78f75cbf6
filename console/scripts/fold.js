// How the room fits its screen: controls that stand in menus, and what height is left for the telephone.
import { small } from "./shell.js";

const $ = (id) => document.getElementById(id);

/** On a small screen all controls, the choice of language too, stand in one menu; on a middling one the rarer ones do. */
export function fold() {
  const choice = document.querySelector("select.language");
  const place = ({ matches }) => (matches ? $("tools") : $("tools-menu").parentElement).append(choice);
  const screen = matchMedia(small);
  screen.addEventListener("change", place);
  place(screen);
  folds($("tools-open"), $("tools"), screen);
  folds($("rest-open"), $("rest"), matchMedia("(min-width: 40.0625rem) and (max-width: 96rem)"));
  const parts = ["header", "#lost", "#changed", "#guide"].map((css) => document.querySelector(css));
  const observer = new ResizeObserver(() => measure(parts[0]));
  for (const part of parts) observer.observe(part);
}

/** How high the bar is, and all that stands above the telephone: it takes what is left of the window. */
function measure(bar) {
  const { style } = document.documentElement;
  style.setProperty("--bar", `${bar.offsetHeight}px`);
  style.setProperty("--above", `${Math.ceil(document.querySelector(".columns").getBoundingClientRect().top + scrollY)}px`);
}

function folds(button, tools, screen) {
  const look = () => tools.classList.toggle("folded", screen.matches);
  screen.addEventListener("change", look);
  look();
  const show = (open) => {
    tools.classList.toggle("open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  show(false);
  button.addEventListener("click", () => show(!tools.classList.contains("open")));
  // A button that opens a list of its own leaves it open.
  tools.addEventListener("click", (event) => event.target.closest("button:not([aria-expanded])") && show(false));
  document.addEventListener("pointerdown", (event) => tools.parentElement.contains(event.target) || show(false));
  tools.parentElement.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !tools.classList.contains("open")) return;
    event.stopPropagation();
    show(false);
    button.focus();
  });
}
