/** Draw areas with their estimate: outlines below, rings above the dots. */

import { CanvasLayer } from "./canvas_layer.js";
import { color } from "./dom.js";
import { project } from "./mercator.js";
import { contains, inFrame, trace } from "./paths.js";

const STEPS = 100_000;
const LARGEST_PX = 36;

export class Rings {
  /**
   * @param {import("./estimates.js").Estimates} estimates
   * @param {import("./state.js").State} state
   * @param {import("./words.js").Words} words
   */
  constructor(estimates, state, words) {
    this.estimates = estimates;
    this.state = state;
    this.words = words;
    const { x, y } = project(estimates.anchor.lon, estimates.anchor.lat, STEPS);
    this.x = x;
    this.y = y;
    this.inView = 0;
    this.outlines = new CanvasLayer("tm-areas", 200, (frame) => this.paintOutlines(frame));
    this.rings = new CanvasLayer("tm-rings", 430, (frame) => this.paintRings(frame));
    this.layers = [this.outlines, this.rings];
  }

  /** @param {number} value @param {number} zoom @returns {number} CSS pixels; area grows with the number */
  radius(value, zoom) {
    const grown = Math.max(0.55, Math.min(1.5, 2 ** ((zoom - 5.5) / 2.5)));
    return LARGEST_PX * grown * Math.sqrt(Math.max(0, value) / this.estimates.largest);
  }

  /** @param {import("./canvas_layer.js").Frame} frame */
  paintOutlines(frame) {
    const { context, ratio } = frame;
    const { outlines, leaves } = this.estimates;
    const selected = this.state.now.area;
    context.lineJoin = "round";
    for (const area of new Set([...leaves, selected].filter((place) => place >= 0))) {
      const shape = outlines.shapes[area];
      if (!inFrame(shape.box, frame)) continue;
      context.beginPath();
      trace(frame, outlines, shape, true);
      context.fillStyle = context.strokeStyle = color("--estimate");
      context.globalAlpha = area === selected ? 0.09 : 0.035;
      context.fill("evenodd");
      context.globalAlpha = area === selected ? 0.8 : 0.32;
      context.lineWidth = (area === selected ? 1.4 : 0.8) * ratio;
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  /** @param {import("./canvas_layer.js").Frame} frame */
  paintRings(frame) {
    this.inView = 0;
    for (const area of this.estimates.leaves) {
      const estimate = this.estimates.at(area, this.state.now.to);
      if (estimate) this.#ring(frame, area, estimate);
    }
  }

  /**
   * @param {import("./canvas_layer.js").Frame} frame
   * @param {number} area
   * @param {import("./estimates.js").Quantiles} estimate
   */
  #ring(frame, area, { p05, p50, p95 }) {
    const { context, ratio, zoom } = frame;
    const x = this.x[area] * frame.scale - frame.left;
    const y = this.y[area] * frame.scale - frame.top;
    if (x < -99 || y < -99 || x > frame.width + 99 || y > frame.height + 99) return;
    this.inView++;
    const [inner, middle, outer] = [p05, p50, p95].map((value) => this.radius(value, zoom) * ratio);
    const ink = color("--estimate");
    context.save();
    context.fillStyle = context.strokeStyle = ink;
    disc(context, x, y, outer, 0.2);
    disc(context, x, y, inner, 0.42);
    context.lineWidth = ratio;
    context.globalAlpha = 0.9;
    circle(context, x, y, outer, [2.5 * ratio, 2.5 * ratio]);
    context.lineWidth = 1.8 * ratio;
    circle(context, x, y, middle, []);
    context.restore();
  }

  /**
   * @param {number} px world units
   * @param {number} py world units
   * @param {number} zoom
   * @returns {number} the area whose ring is there, else whose outline holds the place, else -1
   */
  at(px, py, zoom) {
    const { leaves, outlines } = this.estimates;
    const ringed = leaves.find((area) => {
      const estimate = this.estimates.at(area, this.state.now.to);
      const reach = estimate ? Math.max(10, this.radius(estimate.p95, zoom)) / 2 ** zoom : 0;
      return Math.hypot(this.x[area] - px, this.y[area] - py) <= reach;
    });
    return ringed ?? leaves.find((area) => contains(outlines, outlines.shapes[area], px, py)) ?? -1;
  }

  /** @param {number} zoom @returns {{ x: number, y: number, radius: number, name: string, text: string }[]} */
  labels(zoom) {
    return this.estimates.leaves.flatMap((area) => {
      const estimate = this.estimates.at(area, this.state.now.to);
      if (!estimate) return [];
      return {
        x: this.x[area],
        y: this.y[area],
        radius: this.radius(estimate.p95, zoom),
        name: this.estimates.areas[area].name,
        text: this.words.range(estimate.p05, estimate.p95),
      };
    });
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {number} alpha
 */
function disc(context, x, y, radius, alpha) {
  context.globalAlpha = alpha;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {number[]} dashes
 */
function circle(context, x, y, radius, dashes) {
  context.setLineDash(dashes);
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.stroke();
}
