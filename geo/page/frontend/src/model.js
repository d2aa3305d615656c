/** Read the page's layers into what draws them. */

import { Arrows } from "./arrows.js";
import { BaseMap } from "./base_map.js";
import { read } from "./bytes.js";
import { Dataset } from "./dataset.js";
import { Estimates } from "./estimates.js";
import { Points } from "./points.js";
import { Zones } from "./zones.js";

const DAY = 1440;
const MARKS = { points: Points, arrows: Arrows, zones: Zones };

/**
 * @typedef {object} Model
 * @property {any} config
 * @property {BaseMap | null} base
 * @property {Map<string, import("./pointer.js").Mark>} marks by key of the layer
 * @property {Estimates | null} estimates
 * @property {import("./bytes.js").Table[]} towns
 */

/**
 * @param {any} config
 * @returns {Promise<Model>}
 */
export async function load(config) {
  const tables = await Promise.all(
    config.layers.map((/** @type {any} */ spec) => read(spec.tables.data)),
  );
  /** @type {Model} */
  const model = { config, base: null, marks: new Map(), estimates: null, towns: [] };
  config.layers.forEach((/** @type {any} */ spec, /** @type {number} */ i) => {
    const table = tables[i];
    if (spec.mark === "base") model.base = new BaseMap(table);
    else if (spec.mark === "labels") model.towns.push(table);
    else if (spec.mark === "areas") model.estimates = new Estimates(spec, table);
    else {
      const Mark = MARKS[/** @type {keyof typeof MARKS} */ (spec.mark)];
      model.marks.set(spec.key, new Mark(new Dataset(spec, table)));
    }
  });
  return model;
}

/**
 * @param {Model} model
 * @returns {[number, number] | null} first and last minute of everything that has a date, whole days
 */
export function extent({ marks, estimates }) {
  let [first, last] = estimates?.extent ?? [Infinity, -Infinity];
  for (const { dataset } of marks.values()) {
    if (!dataset.dated) continue;
    first = Math.min(first, dataset.from[0]);
    last = Math.max(last, dataset.from[dataset.dated - 1]);
  }
  if (first === Infinity) return null;
  return [Math.floor(first / DAY) * DAY, Math.floor(last / DAY) * DAY + DAY - 1];
}

/**
 * @param {Model} model
 * @returns {[number, number, number, number] | null} west, north, east, south of the data in world
 *   units; of the areas where there are estimates, else of nine tenths of the points
 */
export function dataBox({ marks, estimates }) {
  if (estimates?.outlines.shapes.length) {
    const boxes = estimates.outlines.shapes.map((shape) => shape.box);
    return [
      Math.min(...boxes.map((box) => box.west)),
      Math.min(...boxes.map((box) => box.north)),
      Math.max(...boxes.map((box) => box.east)),
      Math.max(...boxes.map((box) => box.south)),
    ];
  }
  /** @type {[number[], number[]]} */
  const ends = [[], []];
  for (const mark of marks.values()) {
    for (let i = 0; i < mark.dataset.size; i++) {
      const box = mark.boxOf(i);
      ends[0].push(box.west, box.east);
      ends[1].push(box.north, box.south);
    }
  }
  if (!ends[0].length) return null;
  const [x, y] = ends.map((values) => Float64Array.from(values).sort());
  const cut = Math.floor(0.05 * x.length);
  return [x[cut], y[cut], x[x.length - 1 - cut], y[y.length - 1 - cut]];
}
