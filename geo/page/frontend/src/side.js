/** Build the panel at the side: search, layers with their categories, filters, legend, notes. */

import L from "leaflet";
import { choice } from "./choice.js";
import { legend, swatch } from "./legend.js";
import { el } from "./dom.js";
import { filters } from "./filters.js";

/**
 * @typedef {object} Side
 * @property {import("./state.js").State} state
 * @property {import("./words.js").Words} words
 * @property {import("./dataset.js").Dataset[]} datasets
 * @property {import("./labels.js").Labels} labels
 * @property {import("./estimates.js").Estimates | null} estimates
 * @property {import("./rings.js").Rings | null} rings
 * @property {boolean} railways whether the base map has any
 * @property {any} config
 * @property {import("leaflet").Map} map
 * @property {import("./fresh.js").Fresh} fresh
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
    filters(side),
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
  if (Number.isFinite(side.fresh.day)) group.append(news(side));
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
        choice(state, [`${key}:category`], category.value, category.label, swatch(category, mark)),
      ),
    ),
  ];
}

/** What became known on the last day. @param {Side} side */
function news({ state, words, fresh }) {
  const box = el("input", { type: "checkbox", data: { action: "fresh" } });
  const text = el("span", {});
  const count = el("span", { className: "tm-count" });
  const update = () => {
    box.checked = state.now.fresh;
    box.disabled = !Number.isFinite(fresh.day);
    if (box.disabled) return;
    text.textContent = words.say("fresh", { date: words.day(fresh.day) });
    count.textContent = words.number(fresh.count);
  };
  box.addEventListener("change", () => state.set("fresh", { fresh: box.checked }));
  state.on(["fresh", "filter", "time", "layers"], update);
  update();
  return el("label", { className: "tm-layer" }, box, text, count);
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
function about({ words, config }) {
  const notes = config.notes.map((/** @type {string} */ note) => el("p", { dir: "auto" }, note));
  if (!notes.length) return [];
  return [el("details", { open: true }, el("summary", {}, words.say("about")), ...notes)];
}

/** @param {string} title */
function section(title) {
  return el("fieldset", { className: "tm-section" }, el("legend", {}, title));
}
