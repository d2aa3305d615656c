/** Build the filters: the day of knowledge, and the values of each column that a layer offers. */

import { choice } from "./choice.js";
import { el } from "./dom.js";
import { isoDay } from "./iso.js";

const DAY = 1440;
/** Values of one filter that are listed at once; a field finds the others. */
const MOST_VALUES = 24;

/** @typedef {import("./side.js").Side} Side */

/** @param {Side} side @returns {HTMLElement} */
export function filters(side) {
  const group = el("details", {}, el("summary", {}, side.words.say("filters")), knownOn(side));
  for (const [column, label] of columns(side.datasets)) {
    const list = values(side, column, label);
    if (list) group.append(list);
  }
  return group;
}

/**
 * A column that several layers offer is one filter, which holds for all of them.
 * @param {import("./dataset.js").Dataset[]} datasets
 * @returns {Map<string, string>} label by column
 */
function columns(datasets) {
  const entries = datasets.flatMap(({ spec }) => spec.filters);
  return new Map(entries.map(({ label, column }) => [column, label]));
}

/**
 * @param {Side} side
 * @param {string} column
 * @param {string} label
 * @returns {HTMLElement | null} nothing where there is no choice
 */
function values({ words, state, datasets }, column, label) {
  const offering = datasets.filter(({ spec }) => spec.filters.some((entry) => entry.column === column));
  const counts = counted(offering.map((dataset) => dataset.facet(column)));
  if (counts.size < 2) return null;
  const order = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  const keys = offering.map(({ spec }) => `${spec.key}:${column}`);
  const boxes = el("div", {});
  const list = (/** @type {string} */ wanted) => {
    const found = order.filter((value) => value.toLocaleLowerCase().includes(wanted)).slice(0, MOST_VALUES);
    boxes.replaceChildren(
      ...found.map((value) => choice(state, keys, value, value, null, words.number(counts.get(value) ?? 0))),
    );
  };
  list("");
  const open = keys.some((key) => state.now.excluded.get(key)?.size);
  const field = order.length > MOST_VALUES ? [finder(words.say("findValue", { label }), list)] : [];
  const summary = el("summary", {}, label);
  return el("details", { className: "tm-filter", open }, summary, all(state, words, keys, order), ...field, boxes);
}

/** @param {{ codes: Int32Array, words: string[] }[]} facets @returns {Map<string, number>} items by value */
function counted(facets) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { codes, words } of facets) {
    const own = new Uint32Array(words.length);
    for (const code of codes) own[code]++;
    words.forEach((word, code) => counts.set(word, (counts.get(word) ?? 0) + own[code]));
  }
  return counts;
}

/**
 * @param {string} label
 * @param {(wanted: string) => void} list
 */
function finder(label, list) {
  const input = el("input", { type: "search", className: "tm-find", placeholder: label, "aria-label": label });
  input.addEventListener("input", () => list(input.value.trim().toLocaleLowerCase()));
  return input;
}

/**
 * @param {import("./state.js").State} state
 * @param {import("./words.js").Words} words
 * @param {string[]} keys
 * @param {string[]} values
 */
function all(state, words, keys, values) {
  const set = (/** @type {string[]} */ out) => () => {
    const excluded = new Map(state.now.excluded);
    for (const key of keys) excluded.set(key, new Set(out));
    state.set("filter", { excluded });
  };
  const button = (/** @type {string} */ word, /** @type {string[]} */ out) =>
    el("button", { type: "button", className: "tm-mini", on: { click: set(out) } }, words.say(word));
  return el("span", { className: "tm-minis" }, button("showAll", []), button("showNone", values));
}

/** @param {Side} side */
function knownOn({ state, words }) {
  const input = el("input", { type: "date", id: "tm-known" });
  const latest = el("button", { type: "button", className: "tm-mini" }, words.say("latest"));
  const show = () => {
    const { knownBy } = state.now;
    input.value = Number.isFinite(knownBy) ? isoDay(knownBy) : "";
    latest.disabled = !Number.isFinite(knownBy);
  };
  input.addEventListener("change", () => {
    const day = Date.parse(input.value) / 60_000;
    state.set("filter", { knownBy: Number.isNaN(day) ? Infinity : day + DAY - 1 });
  });
  latest.addEventListener("click", () => state.set("filter", { knownBy: Infinity }));
  state.on(["filter"], show);
  show();
  const label = el("label", { htmlFor: "tm-known" }, words.say("knownOn"));
  return el("div", { className: "tm-known" }, label, input, latest);
}
