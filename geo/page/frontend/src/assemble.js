/** Put the page together: layers on the map, panel, chart, time, table, and what links them. */

import { keepAddress, restore, restoreItem } from "./address.js";
import { Details } from "./details.js";
import { Fresh } from "./fresh.js";
import { header } from "./header.js";
import { listenToKeys } from "./keys.js";
import { Labels } from "./labels.js";
import { extent, load } from "./model.js";
import * as permalink from "./permalink.js";
import { Pointer } from "./pointer.js";
import { Rings } from "./rings.js";
import { buildSide } from "./side.js";
import { State } from "./state.js";
import { TableView } from "./table_view.js";
import { followTheme } from "./theme.js";
import { timeSection } from "./time_section.js";
import { credits, fit, flyTo, uncover } from "./view.js";
import { Words } from "./words.js";

/** @typedef {import("./model.js").Model} Model */

/** @param {import("leaflet").Map} map made by folium's script */
export async function assemble(map) {
  const config = JSON.parse(byId("tm-config").textContent ?? "");
  const words = new Words(config.lang, config.words);
  const state = new State();
  map.getContainer().setAttribute("aria-label", words.say("mapLabel"));
  map.getContainer().setAttribute("role", "application");
  credits(map, config, words);
  const model = await load(config);
  const page = { map, config, words, state, model };
  open(page);
  const drawn = prepare(page);
  const parts = furnish(page, drawn);
  frame(page);
  react(page, drawn, parts);
  await restoreItem(page, parts);
  await nextFrame();
  await nextFrame();
  performance.mark("tm-drawn");
  document.documentElement.dataset.ready = "true";
}

/**
 * Set the opening choice, from the data and then from the address.
 * @param {Page} page
 */
function open({ config, state, model }) {
  const span = extent(model);
  const hidden = config.layers.filter((/** @type {any} */ spec) => !spec.show);
  Object.assign(state.now, {
    from: config.window?.[0] ?? span?.[0] ?? -Infinity,
    to: config.window?.[1] ?? span?.[1] ?? Infinity,
    hidden: new Set(hidden.map((/** @type {any} */ spec) => spec.key)),
    area: model.estimates?.opening ?? -1,
  });
  state.opening = { ...state.now, hidden: new Set(state.now.hidden) };
  restore({ state, model });
}

/**
 * Choose the view, once everything around the map has taken its room.
 * @param {Page} page
 */
function frame({ map, config, model }) {
  map.invalidateSize({ animate: false });
  const at = permalink.place(permalink.parse(location.hash).view);
  if (at) map.setView([at.lat, at.lon], at.zoom, { animate: false });
  else if (config.fit) fit(map, model);
}

/**
 * Make what draws the layers; `react` puts it on the map.
 * @param {Page} page
 */
function prepare({ config, words, state, model }) {
  const { estimates } = model;
  const rings = estimates ? new Rings(estimates, state, words) : null;
  estimates?.know(state.now.knownBy);
  state.on(["filter"], () => estimates?.know(state.now.knownBy));
  const labels = new Labels(model.base, rings);
  model.towns.forEach((table) => labels.addTowns(table));
  // First of all listeners, so that whoever counts or draws finds the choice applied.
  for (const { dataset } of model.marks.values()) {
    state.on(["time"], () => dataset.choose(state.now));
    state.on(["filter"], () => dataset.filter(state.now));
    dataset.choose(state.now);
    dataset.filter(state.now);
  }
  const fresh = new Fresh(model.marks, state, config.asOf);
  const all = [...model.marks.values(), ...(rings ? [rings] : [])];
  return { rings, labels, fresh, all };
}

/**
 * Build everything around the map.
 * @param {Page} page
 * @param {ReturnType<typeof prepare>} drawn
 */
function furnish(page, { rings, labels, fresh }) {
  const { map, config, words, state, model } = page;
  const { marks, estimates } = model;
  const datasets = [...marks.values()].map((mark) => mark.dataset);
  const details = new Details(marks, state, words);
  const pointer = new Pointer(map, marks, rings, state, async (hits, at) => {
    await details.open(hits);
    if (hits.length) uncover(map, details.panel, at);
  });
  const show = (/** @type {string} */ layer, /** @type {number} */ item) => {
    table.show(false);
    flyTo(map, marks.get(layer)?.boxOf(item));
    details.open([{ layer, item }]);
  };
  const table = new TableView(marks, estimates, state, words, show);
  byId("tm-main").append(details.panel, table.panel);
  const search = async (/** @type {string} */ query) => {
    await Promise.all(datasets.map((dataset) => dataset.search(query)));
    state.set("filter", { query });
  };
  buildSide(byId("tm-side"), { state, words, datasets, labels, estimates, rings, fresh, railways: model.base?.hasRailways ?? false, config, map, search });
  const time = timeSection(page, datasets);
  header(page, table, time);
  listenToKeys({ timeline: time.timeline, details, table });
  return { details, pointer, table, search, ...time };
}

/**
 * Link choice, layers and address.
 * @param {Page} page
 * @param {ReturnType<typeof prepare>} drawn
 * @param {{ pointer: Pointer, search: (query: string) => Promise<void> }} parts
 */
function react(page, { rings, labels, fresh, all }, parts) {
  const { map, state, model } = page;
  const repaint = () => all.forEach((mark) => mark.layers.forEach((layer) => layer.repaint()));
  const showLayers = () => {
    for (const [key, mark] of model.marks) switchLayers(map, mark.layers, !state.now.hidden.has(key));
    if (rings) {
      labels.showRings = !state.now.hidden.has(rings.estimates.spec.key);
      switchLayers(map, rings.layers, labels.showRings);
    }
    const names = page.config.layers.filter((/** @type {any} */ spec) => spec.mark === "labels");
    labels.showTowns = names.some((/** @type {any} */ spec) => !state.now.hidden.has(spec.key));
    labels.layer.repaint();
  };
  state.on(["layers"], showLayers);
  state.on(["time"], () => {
    repaint();
    if (rings) labels.layer.repaint();
  });
  state.on(["filter"], () => {
    repaint();
    if (rings) labels.layer.repaint();
  });
  const bringOut = () => {
    map.getContainer().classList.toggle("tm-fresh-on", state.now.fresh);
    fresh.layer.repaint();
  };
  state.on(["fresh", "time", "filter", "layers", "theme"], bringOut);
  state.on(["area"], () => rings?.outlines.repaint());
  state.on(["theme"], () => {
    for (const mark of model.marks.values()) if ("restyle" in mark) mark.restyle();
    [model.base?.layer, labels.layer].forEach((layer) => layer?.repaint());
    document.querySelectorAll("[data-themed]").forEach((node) => node.dispatchEvent(new Event("tm-theme")));
    repaint();
  });
  followTheme(state);
  model.base?.layer.addTo(map);
  labels.layer.addTo(map);
  fresh.layer.addTo(map);
  parts.pointer.layer.addTo(map);
  showLayers();
  bringOut();
  keepAddress(page);
  if (state.now.query) parts.search(state.now.query);
}

/**
 * @param {import("leaflet").Map} map
 * @param {import("./canvas_layer.js").CanvasLayer[]} layers
 * @param {boolean} on
 */
function switchLayers(map, layers, on) {
  for (const layer of layers) {
    if (on && !map.hasLayer(layer)) layer.addTo(map);
    if (!on && map.hasLayer(layer)) layer.remove();
  }
}

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

function nextFrame() {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/**
 * @typedef {object} Page
 * @property {import("leaflet").Map} map
 * @property {any} config
 * @property {Words} words
 * @property {State} state
 * @property {Model} model
 */
