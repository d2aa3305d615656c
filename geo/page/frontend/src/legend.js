/** Explain the marks, and how each of them shows what is not known. */

import { color, el, svg } from "./dom.js";
import { symbol } from "./symbols.js";

/**
 * @param {import("./dataset.js").Category} category
 * @param {string} mark
 * @returns {HTMLElement} the symbol as the map draws it, in the colours of the theme
 */
export function swatch(category, mark) {
  const holder = el("span", { className: "tm-swatch", "aria-hidden": "true" });
  const draw = () => {
    const ink = color("--dark") === "1" ? category.dark : category.light;
    holder.replaceChildren(mark === "points" ? dot(category.shape, ink) : stroke(mark, ink));
  };
  draw();
  holder.dataset.themed = "";
  holder.addEventListener("tm-theme", draw);
  return holder;
}

/**
 * @param {string} shape
 * @param {string} ink
 */
function dot(shape, ink) {
  const canvas = symbol(shape, ink, color("--panel"), 0, 2);
  canvas.style.width = canvas.style.height = "13px";
  return canvas;
}

/**
 * @param {string} mark
 * @param {string} ink
 */
function stroke(mark, ink) {
  const shape =
    mark === "arrows"
      ? svg("path", { d: "M1 7h8M8 3l5 4-5 4z", stroke: ink, fill: ink, "stroke-width": 2 })
      : svg("rect", { x: 1, y: 2, width: 12, height: 10, fill: `${ink}33`, stroke: ink, "stroke-dasharray": "2 2" });
  return svg("svg", { width: 14, height: 14 }, shape);
}

/** @param {import("./side.js").Side} side */
export function legend({ words, config, rings, map, state, railways }) {
  const marks = new Set(config.layers.map((/** @type {{ mark: string }} */ layer) => layer.mark));
  const estimated = rings?.estimates.series.some(({ day }) => day.length > 0);
  const symbols = config.layers.some((/** @type {any} */ layer) => Object.keys(layer.symbols ?? {}).length);
  const entries = [
    marks.has("points") && entry(pointFigure(), words.say("legendPoint")),
    symbols && entry(frameFigure(), words.say("legendFrame")),
    (marks.has("points") || marks.has("arrows")) && entry(certaintyFigure(), words.say("legendCertainty")),
    estimated && entry(ringFigure(), words.say("legendRing")),
    estimated && rings && ringKey(rings, map, state, words),
    estimated && entry(chartFigure(), words.say("legendChart")),
    marks.has("arrows") && entry(arrowFigure(), words.say("legendArrow")),
    marks.has("zones") && entry(zoneFigure(), words.say("legendZone")),
    marks.has("points") && entry(hexFigure(), words.say("legendDensity")),
    railways && entry(railFigure(), words.say("legendRail")),
    marks.has("base") && entry(hatchFigure(), words.say("legendDisputed")),
  ].filter((item) => item);
  return el("details", { className: "tm-legend", open: true }, el("summary", {}, words.say("legend")), ...entries);
}

/**
 * @param {Node} figure
 * @param {string} text
 */
function entry(figure, text) {
  return el("div", { className: "tm-entry" }, figure, el("p", {}, text));
}

/** @param {...SVGElement} parts */
function figure(...parts) {
  return svg("svg", { width: 64, height: 44, viewBox: "0 0 64 44", "aria-hidden": "true" }, ...parts);
}

function pointFigure() {
  return figure(
    svg("circle", { class: "tm-ink-soft", cx: 32, cy: 22, r: 17, "stroke-dasharray": "4 3" }),
    svg("circle", { class: "tm-ink-full", cx: 32, cy: 22, r: 4 }),
  );
}

/** Frames of APP-6: hostile, friend, neutral, unknown. */
function frameFigure() {
  const frames = [
    "M10 13l8 8-8 8-8-8z",
    "M22 15h15v12h-15z",
    "M42 15h12v12h-12z",
    "M56 17a3.4 3.4 0 0 1 6 0a3.4 3.4 0 0 1 0 6a3.4 3.4 0 0 1-6 0a3.4 3.4 0 0 1 0-6z",
  ];
  return figure(...frames.map((d) => svg("path", { class: "tm-ink-hollow", d })));
}

function railFigure() {
  return figure(
    svg("path", { class: "tm-rail-line", d: "M4 22h56" }),
    svg("path", { class: "tm-rail-line", d: "M4 22h56", "stroke-width": 5, "stroke-dasharray": "1 7" }),
  );
}

function certaintyFigure() {
  return figure(
    svg("circle", { class: "tm-ink-full", cx: 11, cy: 14, r: 5 }),
    svg("circle", { class: "tm-ink-pale", cx: 32, cy: 14, r: 5 }),
    svg("circle", { class: "tm-ink-hollow", cx: 53, cy: 14, r: 5 }),
    svg("path", { class: "tm-ink-line", d: "M4 33h14", "stroke-width": 3 }),
    svg("path", { class: "tm-ink-line", d: "M25 33h14", "stroke-width": 3, opacity: 0.4 }),
    svg("path", { class: "tm-ink-line", d: "M46 33h14", "stroke-width": 3, "stroke-dasharray": "4 3" }),
  );
}

function ringFigure() {
  return figure(
    svg("circle", { class: "tm-estimate-band", cx: 32, cy: 22, r: 19 }),
    svg("circle", { class: "tm-estimate-disc", cx: 32, cy: 22, r: 11 }),
    svg("circle", { class: "tm-estimate-line", cx: 32, cy: 22, r: 15 }),
  );
}

function chartFigure() {
  return figure(
    svg("rect", { x: 40, y: 4, width: 20, height: 36, fill: "var(--growing)" }),
    svg("path", { class: "tm-estimate-line", d: "M4 26h20l18-10" }),
    svg("path", { class: "tm-estimate-line", d: "M42 16l18-8", "stroke-dasharray": "4 3" }),
    ...[6, 12, 30, 36].map((height, i) =>
      svg("rect", { x: 6 + 8 * i, y: 40 - height / 3, width: 6, height: height / 3, fill: "var(--muted)" }),
    ),
  );
}

/**
 * Circles at the map's present scale, with their numbers.
 * @param {import("./rings.js").Rings} rings
 * @param {import("leaflet").Map} map
 * @param {import("./state.js").State} state
 * @param {import("./words.js").Words} words
 */
function ringKey(rings, map, state, words) {
  const holder = el("div", { className: "tm-ring-key" });
  const draw = () => {
    const zoom = map.getZoom();
    const largest = niceBelow(rings.estimates.largest);
    const sizes = [largest, niceBelow(largest / 4)];
    const tall = 2 * rings.radius(largest, zoom) + 2;
    const circles = sizes.flatMap((size) => {
      const radius = rings.radius(size, zoom);
      const top = tall - 1 - 2 * radius;
      const label = svg("text", { x: tall + 14, y: top + 4, class: "tm-key-text" });
      label.textContent = `${words.short(size)} ${rings.estimates.spec.unit}`;
      return [
        svg("circle", { class: "tm-estimate-line", cx: tall / 2, cy: top + radius, r: radius }),
        svg("path", { class: "tm-key-lead", d: `M${tall / 2} ${top}H${tall + 10}` }),
        label,
      ];
    });
    holder.replaceChildren(svg("svg", { width: 200, height: tall + 2, "aria-hidden": "true" }, ...circles));
  };
  map.on("zoomend", draw);
  state.on(["theme"], draw);
  draw();
  return holder;
}

/** @param {number} value @returns {number} the largest of 1, 2, 5 times a power of ten below it */
export function niceBelow(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  const first = value / power;
  return (first >= 5 ? 5 : first >= 2 ? 2 : 1) * power;
}

function arrowFigure() {
  return figure(
    svg("path", { class: "tm-ink-line", d: "M5 36Q24 14 44 14", "stroke-width": 6 }),
    svg("path", { class: "tm-ink-full", d: "M42 5l16 9-16 9z" }),
    svg("path", { class: "tm-ink-line", d: "M5 42Q24 32 50 32", "stroke-width": 1.4 }),
    svg("path", { class: "tm-ink-full", d: "M49 28l8 4-8 4z" }),
  );
}

function zoneFigure() {
  return figure(svg("path", { class: "tm-ink-soft", d: "M10 10l30-5 16 14-10 20-30 1z", "stroke-dasharray": "2 3" }));
}

function hexFigure() {
  const hex = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ alpha) =>
    svg("path", { class: "tm-dense", d: `M${x} ${y - 9}l8 4.5v9l-8 4.5-8-4.5v-9z`, opacity: alpha });
  return figure(hex(16, 22, 0.25), hex(32, 22, 0.55), hex(48, 22, 0.95));
}

function hatchFigure() {
  const lines = [0, 8, 16, 24, 32].map((x) => `M${x + 8} 32l16-24`).join("");
  return figure(
    svg("path", { class: "tm-hatch-line", d: lines }),
    svg("path", { class: "tm-control-line", d: "M6 38h52", "stroke-dasharray": "5 3" }),
  );
}
