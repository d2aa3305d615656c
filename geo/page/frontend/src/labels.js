/** Write names without collisions: estimates first, then countries, then towns by size. */

import { beside, free } from "./boxes.js";
import { CanvasLayer } from "./canvas_layer.js";
import { color } from "./dom.js";
import { project } from "./mercator.js";

const STEPS = 100_000;
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif";
/** Room per name, CSS pixels squared; more names would compete with what the map is about. */
const ROOM_PER_TOWN = 9_000;
/** Towns nearer than this to a larger one are its suburbs at this zoom, CSS pixels. */
const SUBURB_PX = 15;

/** Where else a country's name may stand when its place is taken, CSS pixels. */
const COUNTRY_SHIFTS = [[0, 0], [0, -24], [0, 24], [-45, 0], [45, 0], [0, -48], [0, 48]];

/** @typedef {import("./boxes.js").Rect} Rect */
/** @typedef {{ name: string, x: number, y: number, population: number, other: string }} Town */

export class Labels {
  /**
   * @param {import("./base_map.js").BaseMap | null} base
   * @param {import("./rings.js").Rings | null} rings
   */
  constructor(base, rings) {
    this.countries = base ? countriesOf(base) : [];
    this.rings = rings;
    /** @type {Town[]} */
    this.towns = [];
    this.showTowns = true;
    this.showRings = true;
    this.layer = new CanvasLayer("tm-labels", 440, (frame) => this.paint(frame));
  }

  /** @param {import("./bytes.js").Table} table */
  addTowns({ numbers, texts }) {
    const { x, y } = project(numbers.lon, numbers.lat, STEPS);
    const { name, other_names: other } = texts;
    for (let i = 0; i < x.length; i++) {
      this.towns.push({
        name: name.words[name.codes[i]],
        other: other.words[other.codes[i]],
        x: x[i],
        y: y[i],
        population: numbers.population[i],
      });
    }
    this.towns.sort((a, b) => b.population - a.population);
  }

  /** @param {import("./canvas_layer.js").Frame} frame */
  paint(frame) {
    /** @type {Rect[]} */
    const taken = [];
    frame.context.textBaseline = "middle";
    frame.context.lineJoin = "round";
    if (this.rings && this.showRings) this.#estimates(frame, this.rings, taken);
    this.#countries(frame, taken);
    if (this.showTowns) this.#towns(frame, taken);
  }

  /**
   * @param {import("./canvas_layer.js").Frame} frame
   * @param {import("./rings.js").Rings} rings
   * @param {Rect[]} taken
   */
  #estimates(frame, rings, taken) {
    const { context, ratio } = frame;
    const labels = rings.labels(frame.zoom);
    for (const { x, y, radius } of labels) taken.push(around(frame, x, y, radius * 0.8));
    for (const { x, y, radius, name, text } of labels) {
      const px = x * frame.scale - frame.left;
      const py = y * frame.scale - frame.top;
      context.textAlign = "center";
      context.font = `650 ${12.5 * ratio}px ${FONT}`;
      const wide = context.measureText(text).width;
      context.font = `500 ${11 * ratio}px ${FONT}`;
      const widest = Math.max(wide, context.measureText(name).width) / 2;
      const places = [radius + 14, -radius - 14].map((dy) => ({
        left: px - widest,
        right: px + widest,
        top: py + (dy - 14) * ratio,
        bottom: py + (dy + 14) * ratio,
      }));
      const rect = places.find((place) => free(place, taken));
      if (!rect) continue;
      taken.push(rect);
      const middle = (rect.top + rect.bottom) / 2;
      write(frame, name, px, middle - 6.5 * ratio, color("--estimate-ink"));
      context.font = `650 ${12.5 * ratio}px ${FONT}`;
      write(frame, text, px, middle + 7 * ratio, color("--estimate-ink"));
    }
  }

  /**
   * @param {import("./canvas_layer.js").Frame} frame
   * @param {Rect[]} taken
   */
  #towns(frame, taken) {
    const { context, ratio, zoom } = frame;
    const least = zoom >= 9 ? 0 : 10 ** (7.5 - zoom * 0.43);
    const most = (frame.width * frame.height) / (ratio * ratio * ROOM_PER_TOWN);
    /** @type {Rect[]} */
    const dots = [];
    let written = 0;
    for (const town of this.towns) {
      if (written >= most || (town.population < least && town.population > 0)) break;
      const px = town.x * frame.scale - frame.left;
      const py = town.y * frame.scale - frame.top;
      if (px < 0 || py < 0 || px > frame.width || py > frame.height) continue;
      const dot = around(frame, town.x, town.y, SUBURB_PX / 2);
      if (!free(dot, dots)) continue;
      const size = town.population > 900_000 ? 12 : 11;
      context.font = `${town.population > 900_000 ? 500 : 400} ${size * ratio}px ${FONT}`;
      const wide = context.measureText(town.name).width;
      const place = beside(px, py, wide, (size / 2 + 1) * ratio, ratio).find((rect) => free(rect, taken));
      if (!place) continue;
      taken.push(roomy(place, 4 * ratio));
      dots.push(dot);
      written++;
      context.beginPath();
      context.arc(px, py, 1.7 * ratio, 0, 2 * Math.PI);
      context.fillStyle = color("--town-dot");
      context.fill();
      context.textAlign = "left";
      write(frame, town.name, place.left, (place.top + place.bottom) / 2, color("--town"));
    }
  }

  /**
   * @param {import("./canvas_layer.js").Frame} frame
   * @param {Rect[]} taken
   */
  #countries(frame, taken) {
    const { context, ratio, zoom } = frame;
    const least = 4e6 / 4 ** (zoom - 1.5);
    for (const { name, x, y, areaKm2 } of this.countries) {
      if (areaKm2 < least || zoom > 7) continue;
      const px = x * frame.scale - frame.left;
      const py = y * frame.scale - frame.top;
      if (px < 0 || py < 0 || px > frame.width || py > frame.height) continue;
      const large = areaKm2 > 2e6 / 4 ** (zoom - 3);
      context.font = `500 ${(large ? 12 : 10.5) * ratio}px ${FONT}`;
      context.letterSpacing = `${(large ? 2.4 : 1.2) * ratio}px`;
      context.textAlign = "center";
      const half = context.measureText(name.toUpperCase()).width / 2;
      const places = COUNTRY_SHIFTS.map(([dx, dy]) => {
        const [x, y] = [px + dx * ratio, py + dy * ratio];
        return { left: x - half, right: x + half, top: y - 8 * ratio, bottom: y + 8 * ratio };
      });
      const rect = places.find((place) => free(place, taken));
      if (rect) {
        taken.push(rect);
        write(frame, name.toUpperCase(), rect.left + half, rect.top + 8 * ratio, color("--country"));
      }
      context.letterSpacing = "0px";
    }
  }
}

/** @param {import("./base_map.js").BaseMap} base */
function countriesOf({ labels: { lon, lat, areaKm2, names } }) {
  const { x, y } = project(lon, lat, STEPS);
  return names
    .map((name, i) => ({ name, x: x[i], y: y[i], areaKm2: areaKm2[i] }))
    .filter(({ name }) => name)
    .sort((a, b) => b.areaKm2 - a.areaKm2);
}

/** @param {Rect} rect @param {number} by @returns {Rect} with air at its ends, so that names do not run together */
function roomy({ left, right, top, bottom }, by) {
  return { left: left - by, right: right + by, top, bottom };
}

/**
 * @param {import("./canvas_layer.js").Frame} frame
 * @param {number} x world units
 * @param {number} y world units
 * @param {number} radius CSS pixels
 * @returns {Rect}
 */
function around(frame, x, y, radius) {
  const [px, py] = [x * frame.scale - frame.left, y * frame.scale - frame.top];
  const reach = radius * frame.ratio;
  return { left: px - reach, right: px + reach, top: py - reach, bottom: py + reach };
}

/**
 * @param {import("./canvas_layer.js").Frame} frame
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {string} ink
 */
function write({ context, ratio }, text, x, y, ink) {
  context.strokeStyle = color("--halo-text");
  context.lineWidth = 3 * ratio;
  context.strokeText(text, x, y);
  context.fillStyle = ink;
  context.fillText(text, x, y);
}
