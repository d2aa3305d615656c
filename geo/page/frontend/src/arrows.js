/** Draw movements as arrows: width by size, fill by certainty, a bow where only the ends are known. */

import { bowed } from "./bow.js";
import { CanvasLayer } from "./canvas_layer.js";
import { color } from "./dom.js";
import { distance, inFrame, shapes } from "./paths.js";

const STEPS = 100_000;
const THIN = 1.8;
const WIDEST = 12;

export class Arrows {
  /** @param {import("./dataset.js").Dataset} dataset */
  constructor(dataset) {
    this.dataset = dataset;
    const { numbers } = dataset.table;
    this.paths = bowed(shapes(numbers, "", STEPS));
    const { size_low: low, size_best: best, size_high: high } = numbers;
    this.sizes = Float32Array.from(best, (value, i) => middle(low[i], value, high[i]));
    this.largest = this.sizes.reduce((most, size) => (size > most ? size : most), 0);
    this.inView = 0;
    this.layers = [new CanvasLayer("tm-arrows", 410, (frame) => this.paint(frame))];
  }

  /** @param {number} i @returns {number} CSS pixels; area of the stroke grows with the size */
  width(i) {
    const size = this.sizes[i];
    return size > 0 ? THIN + (WIDEST - THIN) * Math.sqrt(size / this.largest) : THIN;
  }

  /** @param {import("./canvas_layer.js").Frame} frame */
  paint(frame) {
    const seen = this.dataset.shown().filter((i) => inFrame(this.paths.shapes[i].box, frame));
    this.inView = seen.length;
    seen.sort((a, b) => this.width(b) - this.width(a));
    const crowd = Math.max(0.55, Math.min(1, 16 / Math.sqrt(seen.length * 10)));
    for (const i of seen) this.#arrow(frame, i, 0.85 * crowd);
  }

  /**
   * @param {import("./canvas_layer.js").Frame} frame
   * @param {number} i
   */
  highlight(frame, i) {
    this.#line(frame, i, color("--halo"), this.width(i) + 6, []);
    this.#arrow(frame, i, 1);
  }

  /**
   * @param {import("./canvas_layer.js").Frame} frame
   * @param {number} i
   * @param {number} alpha
   */
  #arrow(frame, i, alpha) {
    const { context, ratio } = frame;
    const certainty = this.dataset.certainty[i];
    const category = this.dataset.spec.categories[this.dataset.category[i]];
    const ink = color("--dark") === "1" ? category.dark : category.light;
    const width = this.width(i);
    const dashes = certainty === 2 ? [Math.max(5, 1.6 * width), Math.max(4, 1.2 * width)] : [];
    context.save();
    context.globalAlpha = Math.min(1, alpha + 0.1);
    if (certainty === 2) this.#line(frame, i, color("--halo"), width + 2, []);
    else this.#blade(frame, i, color("--halo"), width + 2);
    context.globalAlpha = certainty === 1 ? alpha * 0.5 : alpha;
    const faded = this.#fading(frame, i, ink);
    if (certainty === 2) this.#line(frame, i, faded, width, dashes.map((d) => d * ratio));
    else this.#blade(frame, i, faded, width);
    context.globalAlpha = certainty === 1 ? alpha * 0.7 : alpha;
    this.#head(frame, i, ink, certainty === 2);
    context.restore();
  }

  /**
   * @param {import("./canvas_layer.js").Frame} frame
   * @param {number} i
   * @param {string} ink
   * @returns {CanvasGradient} faint where it starts, strong where it arrives
   */
  #fading(frame, i, ink) {
    const { context, scale, left, top } = frame;
    const { x, y } = this.paths;
    const [first, end] = this.paths.shapes[i].parts[0];
    const gradient = context.createLinearGradient(
      x[first] * scale - left,
      y[first] * scale - top,
      x[end - 1] * scale - left,
      y[end - 1] * scale - top,
    );
    gradient.addColorStop(0, `${ink}55`);
    gradient.addColorStop(0.6, ink);
    return gradient;
  }

  /**
   * @param {import("./canvas_layer.js").Frame} frame
   * @param {number} i
   * @param {string | CanvasGradient} ink
   * @param {number} width CSS pixels
   * @param {number[]} dashes
   */
  #line(frame, i, ink, width, dashes) {
    const { context, scale, left, top, ratio } = frame;
    const { x, y } = this.paths;
    const [first, end] = this.paths.shapes[i].parts[0];
    const tip = this.#tip(frame, i);
    context.beginPath();
    context.moveTo(x[first] * scale - left, y[first] * scale - top);
    for (let k = first + 1; k < tip.vertex; k++) {
      context.lineTo(x[k] * scale - left, y[k] * scale - top);
    }
    context.lineTo(tip.baseX, tip.baseY);
    context.strokeStyle = ink;
    context.lineWidth = width * ratio;
    context.lineJoin = "round";
    context.setLineDash(dashes);
    context.stroke();
    context.setLineDash([]);
    return end;
  }

  /**
   * Fill a line that grows from a thin start to its width, so that it shows its way everywhere.
   * @param {import("./canvas_layer.js").Frame} frame
   * @param {number} i
   * @param {string | CanvasGradient} ink
   * @param {number} width CSS pixels, at the head
   */
  #blade(frame, i, ink, width) {
    const { context, scale, left, top, ratio } = frame;
    const { x, y } = this.paths;
    const [first] = this.paths.shapes[i].parts[0];
    const tip = this.#tip(frame, i);
    /** @type {[number, number][]} */
    const spine = [];
    for (let k = first; k < tip.vertex; k++) spine.push([x[k] * scale - left, y[k] * scale - top]);
    spine.push([tip.baseX, tip.baseY]);
    const sides = spine.map(([px, py], k) => {
      const [ax, ay] = spine[Math.max(0, k - 1)];
      const [bx, by] = spine[Math.min(spine.length - 1, k + 1)];
      const far = Math.hypot(bx - ax, by - ay) || 1;
      const half = 0.5 * ratio * Math.max(Math.min(width, THIN), width * (0.3 + (0.7 * k) / spine.length));
      return [px, py, (-(by - ay) / far) * half, ((bx - ax) / far) * half];
    });
    context.beginPath();
    for (const [px, py, nx, ny] of sides) context.lineTo(px + nx, py + ny);
    for (const [px, py, nx, ny] of sides.reverse()) context.lineTo(px - nx, py - ny);
    context.closePath();
    context.fillStyle = ink;
    context.fill();
  }

  /**
   * Find where the head begins: its length back along the line, so that it turns with the line.
   * @param {import("./canvas_layer.js").Frame} frame
   * @param {number} i
   */
  #tip(frame, i) {
    const { scale, left, top, ratio } = frame;
    const { x, y } = this.paths;
    const [first, end] = this.paths.shapes[i].parts[0];
    const length = (7 + 1.1 * this.width(i)) * ratio;
    const [endX, endY] = [x[end - 1] * scale - left, y[end - 1] * scale - top];
    let vertex = end - 1;
    while (vertex > first + 1 && Math.hypot(x[vertex - 1] * scale - left - endX, y[vertex - 1] * scale - top - endY) < length) {
      vertex--;
    }
    const dx = endX - (x[vertex - 1] * scale - left);
    const dy = endY - (y[vertex - 1] * scale - top);
    const far = Math.hypot(dx, dy) || 1;
    const [ux, uy] = [dx / far, dy / far];
    return { vertex, endX, endY, ux, uy, baseX: endX - ux * length * 0.8, baseY: endY - uy * length * 0.8, length };
  }

  /**
   * @param {import("./canvas_layer.js").Frame} frame
   * @param {number} i
   * @param {string} ink
   * @param {boolean} hollow
   */
  #head(frame, i, ink, hollow) {
    const { context, ratio } = frame;
    const { endX, endY, ux, uy, length } = this.#tip(frame, i);
    const half = (3.6 + 0.75 * this.width(i)) * ratio;
    context.beginPath();
    context.moveTo(endX, endY);
    context.lineTo(endX - ux * length - uy * half, endY - uy * length + ux * half);
    context.lineTo(endX - ux * length * 0.78, endY - uy * length * 0.78);
    context.lineTo(endX - ux * length + uy * half, endY - uy * length - ux * half);
    context.closePath();
    context.lineJoin = "round";
    context.lineWidth = 1.2 * ratio;
    context.strokeStyle = hollow ? ink : color("--halo");
    context.fillStyle = hollow ? color("--halo") : ink;
    context.stroke();
    context.fill();
    if (hollow) context.stroke();
  }

  /**
   * @param {number} px world units
   * @param {number} py world units
   * @param {number} reach world units
   * @returns {number[]} shown arrows near a place, the nearest first
   */
  at(px, py, reach) {
    const far = this.dataset
      .shown()
      .map((i) => ({ i, gap: distance(this.paths, this.paths.shapes[i], px, py) }))
      .filter(({ gap }) => gap <= reach);
    return far.sort((a, b) => a.gap - b.gap).map(({ i }) => i);
  }

  /** @param {number} i @returns {import("./paths.js").Box} */
  boxOf(i) {
    return this.paths.shapes[i].box;
  }
}

/** @param {number} low @param {number} best @param {number} high @returns {number} NaN where none */
function middle(low, best, high) {
  if (!Number.isNaN(best)) return best;
  if (Number.isNaN(low)) return high;
  return Number.isNaN(high) ? low : (low + high) / 2;
}
