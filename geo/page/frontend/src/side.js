/** Build the panel at the side: search, layers with their categories, filters, legend, notes. */

import L from "leaflet";
import { isoDay } from "./iso.js";
import { legend, swatch } from "./legend.js";
import { el } from "./dom.js";

const DAY = 1440;
/** Values of one filter that are listed; the rest is found by search. */
const MOST_VALUES = 24;

/**
 * @typedef {object} Side
 * @property {import("./state.js").State} state
 * @property {import("./words.js").Words} words
 * @property {import("./dataset.js").Dataset[]} datasets
 * @property {import("./labels.js").Labels} labels
 * @property {import("./estimates.js").Estimates | null} estimates
 * @property {import("./rings.js").Rings | null} rings
 * @property {any} config
 * @property {import("leaflet").Map} map
 * @property {(query: string) => Promise<void>} search
 */

/**
 * @param {HTMLElement} panel
 * @param {Side} side
 */
export function buildSide(panel, side) {
  const { words, config } = side;
  panel.setAttribute("aria-label", words.say("panelLabel"));
  panel.append(
    ...(config.subtitle ? [el("p", { className: "tm-subtitle", dir: "auto" }, config.subtitle)] : []),
    searchBox(side),
    layers(side),
    ...filters(side),
    legend(side),
    ...about(side),
  );
}

/** @param {Side} side */
function searchBox({ words, search, labels, map }) {
  const found = el("ul", { className: "tm-found", "aria-live": "polite" });
  const input = el("input", {
    type: "search",
    id: "tm-search",
    placeholder: words.say("search"),
    "aria-label": words.say("search"),
  });
  let timer = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(async () => {
      await search(input.value);
      found.replaceChildren(...places(input.value, labels, map));
    }, 180);
  });
  return el("div", { className: "tm-search", role: "search" }, input, found);
}

/**
 * @param {string} query
 * @param {import("./labels.js").Labels} labels
 * @param {import("leaflet").Map} map
 */
function places(query, labels, map) {
  const wanted = query.trim().toLocaleLowerCase();
  if (wanted.length < 2) return [];
  const fits = (/** @type {string} */ name) => name.toLocaleLowerCase().startsWith(wanted);
  return labels.towns
    .filter((town) => fits(town.name) || town.other.split(/[;,|]\s*/).some(fits))
    .slice(0, 6)
    .map((town) => {
      const go = () => map.setView(map.options.crs?.pointToLatLng(/** @type {any} */ (town), 0) ?? [0, 0], Math.max(9, map.getZoom()));
      return el("li", {}, el("button", { type: "button", on: { click: go } }, `◎ ${town.name}`));
    });
}

/** @param {Side} side */
function layers(side) {
  const { state, words, datasets, config } = side;
  const group = section(words.say("layers"));
  for (const spec of config.layers) {
    if (spec.mark === "base") continue;
    const dataset = datasets.find((one) => one.spec === spec);
    const count = el("span", { className: "tm-count" });
    group.append(toggle(state, spec, count));
    if (dataset) {
      const list = categories(side, dataset);
      const fold = () => list.forEach((part) => (part.hidden = state.now.hidden.has(spec.key)));
      group.append(...list);
      state.on(["layers"], fold);
      fold();
      const update = () => countShown(dataset, count, words);
      state.on(["time", "filter"], update);
      update();
    }
  }
  if (datasets.some((dataset) => dataset.dated < dataset.size)) group.append(undated(side));
  if (config.tiles) group.append(online(side));
  return group;
}

/**
 * @param {import("./dataset.js").Dataset} dataset
 * @param {HTMLElement} count
 * @param {import("./words.js").Words} words
 */
function countShown(dataset, count, words) {
  let shown = 0;
  const { first, end, passes, to, windowFrom } = dataset;
  for (let i = first; i < end; i++) shown += passes[i] & (to[i] >= windowFrom ? 1 : 0);
  for (let i = dataset.dated; i < dataset.size; i++) shown += dataset.has(i) ? 1 : 0;
  count.textContent = words.number(shown);
  count.title = words.say("shown", { n: words.number(shown), total: words.number(dataset.size) });
}

/**
 * @param {import("./state.js").State} state
 * @param {{ key: string, name: string }} spec
 * @param {HTMLElement} count
 */
function toggle(state, spec, count) {
  const box = el("input", { type: "checkbox", checked: !state.now.hidden.has(spec.key), data: { layer: spec.key } });
  box.addEventListener("change", () => {
    const hidden = new Set(state.now.hidden);
    if (box.checked) hidden.delete(spec.key);
    else hidden.add(spec.key);
    state.set("layers", { hidden });
  });
  state.on(["layers"], () => (box.checked = !state.now.hidden.has(spec.key)));
  return el("label", { className: "tm-layer" }, box, el("span", { dir: "auto" }, spec.name), count);
}

/**
 * @param {Side} side
 * @param {import("./dataset.js").Dataset} dataset
 */
function categories({ state }, dataset) {
  const { key, mark } = dataset.spec;
  const named = dataset.spec.categories.filter((category) => category.label);
  if (!named.length) return [];
  return [
    el(
      "div",
      { className: "tm-categories" },
      ...named.map((category) =>
        choice(state, `${key}:category`, category.value, category.label, swatch(category, mark)),
      ),
    ),
  ];
}

/**
 * A box that filters one value in or out.
 * @param {import("./state.js").State} state
 * @param {string} facet
 * @param {string} value
 * @param {string} label
 * @param {Node | null} mark
 * @param {string} [count]
 */
function choice(state, facet, value, label, mark, count = "") {
  const on = () => !state.now.excluded.get(facet)?.has(value);
  const box = el("input", { type: "checkbox", checked: on() });
  box.addEventListener("change", () => {
    const excluded = new Map(state.now.excluded);
    const values = new Set(excluded.get(facet));
    if (box.checked) values.delete(value);
    else values.add(value);
    excluded.set(facet, values);
    state.set("filter", { excluded });
  });
  state.on(["filter"], () => (box.checked = on()));
  const text = el("span", { dir: "auto" }, label || "–");
  return el("label", {}, box, mark, text, el("span", { className: "tm-count" }, count));
}

/** @param {Side} side */
function undated({ state, words, datasets }) {
  const n = datasets.reduce((sum, dataset) => sum + dataset.size - dataset.dated, 0);
  const box = el("input", { type: "checkbox", checked: state.now.undated });
  box.addEventListener("change", () => state.set("time", { undated: box.checked }));
  const text = words.say("undated", { n: words.number(n) });
  return el("label", { className: "tm-layer" }, box, el("span", {}, text));
}

/**
 * The one thing that would ask a host: off until the reader switches it on.
 * @param {Side} side
 */
function online({ words, config, map }) {
  const tiles = L.tileLayer(config.tiles, { pane: "tilePane", zIndex: 1 });
  const box = el("input", { type: "checkbox" });
  box.addEventListener("change", () => {
    if (box.checked) tiles.addTo(map);
    else tiles.remove();
    const base = map.getPane("tm-base");
    if (base) base.style.opacity = box.checked ? "0" : "1";
  });
  const host = new URL(config.tiles.replace("{s}", "a")).host;
  return el("label", { className: "tm-layer" }, box, el("span", {}, words.say("online", { host })));
}

/** @param {Side} side @returns {HTMLElement[]} */
function filters(side) {
  const { state, words, datasets } = side;
  const group = el("details", {}, el("summary", {}, words.say("filters")));
  group.append(knownOn(side));
  for (const dataset of datasets) {
    for (const { label, column } of dataset.spec.filters) {
      const facet = dataset.facet(column);
      const counts = new Uint32Array(facet.words.length);
      for (const code of facet.codes) counts[code]++;
      const order = [...counts.keys()].sort((a, b) => counts[b] - counts[a]).slice(0, MOST_VALUES);
      const key = `${dataset.spec.key}:${column}`;
      const boxes = order.map((code) =>
        choice(state, key, facet.words[code], facet.words[code], null, words.number(counts[code])),
      );
      group.append(el("fieldset", {}, el("legend", {}, label), all(side, key, facet.words), ...boxes));
    }
  }
  return [group];
}

/**
 * @param {Side} side
 * @param {string} key
 * @param {string[]} values
 */
function all({ state, words }, key, values) {
  const set = (/** @type {string[]} */ out) => () => {
    const excluded = new Map(state.now.excluded);
    excluded.set(key, new Set(out));
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

/** @param {Side} side @returns {HTMLElement[]} */
function about({ words, config }) {
  const notes = config.notes.map((/** @type {string} */ note) => el("p", { dir: "auto" }, note));
  if (!notes.length) return [];
  return [el("details", { open: true }, el("summary", {}, words.say("about")), ...notes)];
}

/** @param {string} title */
function section(title) {
  return el("fieldset", { className: "tm-section" }, el("legend", {}, title));
}
