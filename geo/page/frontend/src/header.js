/** Build the head of the page: marking, and the buttons for table, picture and theme. */

import { el } from "./dom.js";
import { savePicture } from "./picture.js";
import { toggleTheme } from "./theme.js";

/** @typedef {import("./assemble.js").Page} Page */
/** @typedef {import("./table_view.js").TableView} TableView */
/** @typedef {import("./timeline.js").Timeline} Timeline */

/**
 * @param {Page} page
 * @param {TableView} table
 * @param {{ timeline: Timeline | null }} time
 */
export function header({ map, config, words, state }, table, { timeline }) {
  const button = (/** @type {string} */ word, /** @type {string} */ icon, /** @type {() => void} */ click) =>
    el("button", { type: "button", title: words.say(word), on: { click } }, icon, el("span", { className: "tm-wide" }, ` ${words.say(word)}`));
  const toTable = button("table", "☰", () => {
    table.show(table.panel.hidden === true);
  });
  toTable.dataset.action = "table";
  table.onToggle = (visible) => toTable.setAttribute("aria-pressed", String(visible));
  const picture = button("picture", "⤓", () => {
    const span = timeline ? timeline.output.textContent : "";
    savePicture(map, config.title, span ?? "", config.attribution.join(" · "));
  });
  const theme = button("theme", "◐", () => toggleTheme(state));
  const marking = config.marking ? [el("span", { className: "tm-marking" }, config.marking)] : [];
  document.getElementById("tm-head")?.append(...marking, el("nav", { "aria-label": words.say("map") }, toTable, picture, theme));
}
