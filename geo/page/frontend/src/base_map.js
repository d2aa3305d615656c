/** Paint the quiet ground: land, borders of countries and regions, disputed areas and lines. */

import { CanvasLayer } from "./canvas_layer.js";
import { color } from "./dom.js";
import { inFrame, shapes, trace } from "./paths.js";

const STEPS = 500;
const REGION_ZOOM = 4.5;
const TIES_ZOOM = 5.5;

export class BaseMap {
  /** @param {import("./bytes.js").Table} table */
  constructor(table) {
    const { numbers, texts } = table;
    this.land = shapes(numbers, "land_", STEPS);
    this.regions = shapes(numbers, "region_", STEPS);
    this.hatched = shapes(numbers, "hatch_", STEPS);
    this.control = shapes(numbers, "control_", STEPS);
    this.railways = shapes(numbers, "rail_", STEPS);
    this.labels = {
      lon: numbers.label_lon,
      lat: numbers.label_lat,
      areaKm2: numbers.label_area_km2,
      names: Array.from(texts.name.codes, (code) => texts.name.words[code]),
    };
    this.layer = new CanvasLayer("tm-base", 150, (frame) => this.paint(frame));
  }

  get hasRailways() {
    return this.railways.shapes.length > 0;
  }

  /** @param {import("./canvas_layer.js").Frame} frame */
  paint(frame) {
    const { context, ratio, zoom } = frame;
    context.lineJoin = "round";
    this.#trace(frame, this.land, true);
    context.fillStyle = color("--land");
    context.fill("evenodd");
    context.save();
    if (zoom >= REGION_ZOOM) {
      this.#trace(frame, this.regions, false);
      this.#stroke(context, "--region", Math.min(1, 0.35 + (zoom - REGION_ZOOM) * 0.15) * ratio);
    }
    this.#trace(frame, this.land, true);
    this.#stroke(context, "--border", (zoom < 4 ? 0.7 : 1) * ratio);
    this.#tracks(frame);
    this.#disputed(frame);
    context.restore();
  }

  /** A thin line with its ties, as railways are drawn. @param {import("./canvas_layer.js").Frame} frame */
  #tracks(frame) {
    const { context, ratio, zoom } = frame;
    if (!this.#trace(frame, this.railways, false)) return;
    this.#stroke(context, "--rail", (zoom < TIES_ZOOM ? 0.6 : 0.9) * ratio);
    if (zoom < TIES_ZOOM) return;
    context.setLineDash([ratio, 9 * ratio]);
    this.#stroke(context, "--rail", 4.5 * ratio);
    context.setLineDash([]);
  }

  /** @param {import("./canvas_layer.js").Frame} frame */
  #disputed(frame) {
    const { context, ratio, zoom } = frame;
    if (this.#trace(frame, this.hatched, true)) {
      context.fillStyle = hatch(context, ratio);
      context.fill("evenodd");
    }
    if (zoom < 3.5) return;
    context.setLineDash([5 * ratio, 3 * ratio]);
    if (this.#trace(frame, this.control, false)) this.#stroke(context, "--control", 1.1 * ratio);
  }

  /**
   * @param {import("./canvas_layer.js").Frame} frame
   * @param {import("./paths.js").Shapes} all
   * @param {boolean} closed
   * @returns {boolean} whether anything is in view
   */
  #trace(frame, all, closed) {
    frame.context.beginPath();
    const visible = all.shapes.filter((shape) => inFrame(shape.box, frame));
    for (const shape of visible) trace(frame, all, shape, closed);
    return visible.length > 0;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {string} name
   * @param {number} width
   */
  #stroke(context, name, width) {
    context.strokeStyle = color(name);
    context.lineWidth = width;
    context.stroke();
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} ratio
 * @returns {CanvasPattern} thin diagonal lines
 */
function hatch(context, ratio) {
  const size = Math.round(7 * ratio);
  const tile = document.createElement("canvas");
  tile.width = tile.height = size;
  const pen = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  pen.strokeStyle = color("--hatch");
  pen.lineWidth = 0.9 * ratio;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift - 1, size + 1);
    pen.lineTo(shift + size + 1, -1);
  }
  pen.stroke();
  return /** @type {CanvasPattern} */ (context.createPattern(tile, "repeat"));
}
