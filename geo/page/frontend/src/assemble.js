/** Put the page together: layers on the map, panel, chart, time, table, and what links them. */

import L from "leaflet";
import { Chart } from "./chart.js";
import { Details } from "./details.js";
import { el } from "./dom.js";
import { listenToKeys } from "./keys.js";
import { Labels } from "./labels.js";
import { dataBox, extent, load } from "./model.js";
import { latitude, longitude } from "./mercator.js";
import * as permalink from "./permalink.js";
import { savePicture } from "./picture.js";
import { Pointer } from "./pointer.js";
import { Rings } from "./rings.js";
import { buildSide } from "./side.js";
import { State } from "./state.js";
import { TableView } from "./table_view.js";
import { followTheme, toggleTheme } from "./theme.js";
import { Timeline } from "./timeline.js";
import { Words } from "./words.js";

/** @typedef {import("./model.js").Model} Model */

/** @param {L.Map} map made by folium's script */
export async function assemble(map) {
  const config = JSON.parse(byId("tm-config").textContent ?? "");
  const words = new Words(config.lang);
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
 * @param {L.Map} map
 * @param {Model} model
 */
function fit(map, model) {
  const box = dataBox(model);
  if (!box) return map.setView([50, 40], 3, { animate: false });
  const [west, north, east, south] = box;
  const corners = L.latLngBounds([latitude(south), longitude(west)], [latitude(north), longitude(east)]);
  return map.fitBounds(corners, { paddingTopLeft: [20, 20], paddingBottomRight: [20, 36], maxZoom: 9, animate: false });
}

/** @param {Pick<Page, "state" | "model">} page */
function restore({ state, model }) {
  const view = permalink.parse(location.hash);
  const span = permalink.window_(view.t);
  if (span) [state.now.from, state.now.to] = span;
  const known = permalink.window_(`${view.known}..${view.known}`);
  state.now.knownBy = known ? known[1] : Infinity;
  if (view.hide !== undefined) state.now.hidden = new Set(view.hide.split(",").filter(Boolean));
  state.now.excluded = permalink.excluded(view);
  state.now.query = view.q ?? "";
  const area = model.estimates?.areas.findIndex(({ id }) => id === view.area) ?? -1;
  if (area >= 0) state.now.area = area;
  document.documentElement.classList.toggle("tm-embed", "embed" in view);
}

/**
 * Make what draws the layers; `react` puts it on the map.
 * @param {Page} page
 */
function prepare({ words, state, model }) {
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
  const all = [...model.marks.values(), ...(rings ? [rings] : [])];
  return { rings, labels, all };
}

/**
 * Build everything around the map.
 * @param {Page} page
 * @param {ReturnType<typeof prepare>} drawn
 */
function furnish(page, { rings, labels }) {
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
  buildSide(byId("tm-side"), { state, words, datasets, labels, estimates, rings, config, map, search });
  const time = timeSection(page, datasets);
  header(page, table, time);
  listenToKeys({ timeline: time.timeline, details, table });
  return { details, pointer, table, search, ...time };
}

/**
 * @param {Page} page
 * @param {import("./dataset.js").Dataset[]} datasets
 */
function timeSection({ words, state, model }, datasets) {
  const section = byId("tm-time");
  section.setAttribute("aria-label", words.say("timeLabel"));
  const span = extent(model);
  if (!span) {
    section.hidden = true;
    return { timeline: null };
  }
  const timeline = new Timeline(state, words, datasets, span);
  const { estimates } = model;
  if (estimates?.areas.length) {
    const box = el("div", { className: "tm-chart" });
    const chart = new Chart(box, estimates, state, words, span);
    section.append(chartHead(state, words, estimates, chart), box);
    chart.build();
  }
  section.append(
    timeline.strip,
    timeline.rail,
    el("div", { className: "tm-controls" }, timeline.play, timeline.output, timeline.presets),
  );
  timeline.sync();
  timeline.paintStrip();
  return { timeline };
}

/**
 * @param {State} state
 * @param {Words} words
 * @param {import("./estimates.js").Estimates} estimates
 * @param {Chart} chart
 */
function chartHead(state, words, estimates, chart) {
  const options = estimates.areas.map(({ name }, value) => el("option", { value }, name));
  const choose = el("select", { "aria-label": words.say("area") }, ...options);
  choose.addEventListener("change", () => state.set("area", { area: Number(choose.value) }));
  const value = el("strong");
  const day = el("span", { className: "tm-muted" });
  const update = () => {
    choose.value = String(state.now.area);
    value.textContent = chart.summary;
    day.textContent = words.say("on", { date: words.day(state.now.to) });
  };
  state.on(["time", "area", "filter"], update);
  update();
  const key = el("span", { className: "tm-chart-key tm-muted" });
  for (const name of ["median", "interval50", "interval90", "published"]) {
    key.append(el("span", { className: `tm-key-${name}` }, words.say(name)));
  }
  const unit = el("span", { className: "tm-muted" }, estimates.spec.unit);
  return el("div", { className: "tm-chart-head" }, choose, value, unit, day, key);
}

/**
 * @param {Page} page
 * @param {TableView} table
 * @param {{ timeline: Timeline | null }} time
 */
function header({ map, config, words, state }, table, { timeline }) {
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
  byId("tm-head").append(...marking, el("nav", { "aria-label": words.say("map") }, toTable, picture, theme));
}

/**
 * Link choice, layers and address.
 * @param {Page} page
 * @param {ReturnType<typeof prepare>} drawn
 * @param {{ pointer: Pointer, search: (query: string) => Promise<void> }} parts
 */
function react(page, { rings, labels, all }, parts) {
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
  parts.pointer.layer.addTo(map);
  showLayers();
  keepAddress(page);
  if (state.now.query) parts.search(state.now.query);
}

/**
 * @param {L.Map} map
 * @param {import("./canvas_layer.js").CanvasLayer[]} layers
 * @param {boolean} on
 */
function switchLayers(map, layers, on) {
  for (const layer of layers) {
    if (on && !map.hasLayer(layer)) layer.addTo(map);
    if (!on && map.hasLayer(layer)) layer.remove();
  }
}

/** @param {Page} page */
function keepAddress({ map, state, model }) {
  const embed = document.documentElement.classList.contains("tm-embed");
  let timer = 0;
  const write = async () => {
    const { selected, area } = state.now;
    const dataset = selected && model.marks.get(selected.layer)?.dataset;
    const id = dataset ? (await dataset.texts()).texts.id : null;
    const itemId = selected && id ? `${selected.layer}:${id.words[id.codes[selected.item]]}` : "";
    const areaId = model.estimates?.areas[area]?.id ?? "";
    const opening = /** @type {any} */ (state.opening);
    const hash = permalink.describe(state.now, map, { areaId, opening, itemId, embed });
    if (hash !== location.hash) history.replaceState(null, "", hash);
  };
  const later = () => {
    clearTimeout(timer);
    timer = window.setTimeout(write, 250);
  };
  state.on(["time", "filter", "layers", "area", "select"], later);
  map.on("moveend", later);
  window.addEventListener("hashchange", () => {
    const at = permalink.place(permalink.parse(location.hash).view);
    if (at) map.setView([at.lat, at.lon], at.zoom);
    restore({ state, model });
    for (const topic of /** @type {const} */ (["filter", "time", "layers", "area"])) state.set(topic);
  });
}

/**
 * @param {Page} page
 * @param {{ details: Details }} parts
 */
async function restoreItem({ model }, { details }) {
  const [layer, ...rest] = (permalink.parse(location.hash).item ?? "").split(":");
  const dataset = model.marks.get(layer)?.dataset;
  if (!dataset) return;
  const { codes, words } = (await dataset.texts()).texts.id;
  const item = codes.indexOf(words.indexOf(rest.join(":")));
  if (item >= 0) await details.open([{ layer, item }]);
}

/**
 * @param {L.Map} map
 * @param {import("./paths.js").Box | undefined} box
 */
function flyTo(map, box) {
  if (!box) return;
  const corners = L.latLngBounds([latitude(box.south), longitude(box.west)], [latitude(box.north), longitude(box.east)]);
  map.fitBounds(corners, { padding: [60, 60], maxZoom: Math.max(8, map.getZoom()), animate: false });
}

/**
 * Move the map so that the panel does not hide what was clicked.
 * @param {L.Map} map
 * @param {HTMLElement} panel
 * @param {L.LatLng} at
 */
function uncover(map, panel, at) {
  const box = panel.getBoundingClientRect();
  const frame = map.getContainer().getBoundingClientRect();
  const { x, y } = map.latLngToContainerPoint(at);
  const hidden = x + frame.left > box.left - 20 && y + frame.top > box.top - 20;
  if (!hidden) return;
  const wide = box.width > 0.8 * frame.width;
  const by = wide ? [0, y + frame.top - box.top + 60] : [x + frame.left - box.left + 60, 0];
  map.panBy(/** @type {[number, number]} */ (by), { animate: false });
}

/**
 * @param {L.Map} map
 * @param {any} config
 * @param {Words} words
 */
function credits(map, config, words) {
  map.attributionControl.setPrefix(false);
  for (const text of config.attribution) map.attributionControl.addAttribution(escaped(text));
  if (config.layers.some((/** @type {any} */ spec) => spec.mark === "base")) {
    map.attributionControl.addAttribution(`${words.say("area-own")}. ${words.say("disputedNote")}`);
  }
  L.control.zoom({ position: "bottomright" }).addTo(map);
  L.control.scale({ position: "bottomleft", imperial: false }).addTo(map);
}

/** Leaflet takes credits as markup only. @param {string} text @returns {string} */
function escaped(text) {
  const holder = document.createElement("i");
  holder.textContent = text;
  return holder.innerHTML;
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
 * @property {L.Map} map
 * @property {any} config
 * @property {Words} words
 * @property {State} state
 * @property {Model} model
 */
