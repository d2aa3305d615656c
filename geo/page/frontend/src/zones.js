/** Draw what was reported for a region: the region itself, softly, below everything exact. */

import { CanvasLayer } from "./canvas_layer.js";
import { color } from "./dom.js";
import { contains, inFrame, shapes, trace } from "./paths.js";

const STEPS = 500;

export class Zones {
  /** @param {import("./dataset.js").Dataset} dataset */
  constructor(dataset) {
    this.dataset = dataset;
    this.paths = shapes(dataset.table.numbers, "", STEPS);
    this.inView = 0;
    this.layers = [new CanvasLayer("tm-zones", 205, (frame) => this.paint(frame))];
  }

  /** @param {import("./canvas_layer.js").Frame} frame */
  paint(frame) {
    const seen = this.dataset.shown().filter((i) => inFrame(this.paths.shapes[i].box, frame));
    this.inView = seen.length;
    const alpha = Math.max(0.04, 0.16 / Math.sqrt(Math.max(1, seen.length / 4)));
    for (const i of seen) this.#shape(frame, i, alpha, 0.55);
  }

  /**
   * @param {import("./canvas_layer.js").Frame} frame
   * @param {number} i
   */
  highlight(frame, i) {
    this.#shape(frame, i, 0.18, 1);
  }

  /**
   * @param {import("./canvas_layer.js").Frame} frame
   * @param {number} i
   * @param {number} fill
   * @param {number} edge
   */
  #shape(frame, i, fill, edge) {
    const { context, ratio } = frame;
    const category = this.dataset.spec.categories[this.dataset.category[i]];
    const ink = color("--dark") === "1" ? category.dark : category.light;
    context.save();
    context.beginPath();
    trace(frame, this.paths, this.paths.shapes[i], true);
    context.fillStyle = context.strokeStyle = ink;
    context.globalAlpha = fill;
    context.fill("evenodd");
    context.globalAlpha = edge;
    context.lineWidth = ratio;
    context.setLineDash([1.5 * ratio, 3.5 * ratio]);
    context.stroke();
    context.restore();
  }

  /**
   * @param {number} px world units
   * @param {number} py world units
   * @returns {number[]} shown shapes around a place, the smallest first
   */
  at(px, py) {
    const size = (/** @type {number} */ i) => {
      const { west, east, north, south } = this.boxOf(i);
      return (east - west) * (south - north);
    };
    return this.dataset
      .shown()
      .filter((i) => contains(this.paths, this.paths.shapes[i], px, py))
      .sort((a, b) => size(a) - size(b));
  }

  /** @param {number} i @returns {import("./paths.js").Box} */
  boxOf(i) {
    return this.paths.shapes[i].box;
  }
}
