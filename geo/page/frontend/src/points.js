/** Draw points as pixel stamps on one canvas: a hundred thousand of them in a few milliseconds. */

import Flatbush from "flatbush";
import { CanvasLayer } from "./canvas_layer.js";
import { CERTAINTIES } from "./dataset.js";
import { binned, paintBins } from "./density.js";
import { color } from "./dom.js";
import { project, worldLength } from "./mercator.js";
import { Sprite } from "./sprite.js";
import { SYMBOL_SIZE, symbol } from "./symbols.js";

const STEPS = 100_000;
/** Stamps on the same pixel beyond this many would change nothing that can be seen. */
const STAMPS_PER_PIXEL = 2;
/** From this zoom on, every radius is drawn, up to so many. */
const RADII_ZOOM = 8.5;
const RADII_MOST = 150;
/** More dots than this in view, and as many per cell on average, are drawn as a density. */
const DENSE_FROM = 1_500;
const DENSE_PER_CELL = 4;
/** From so many on one spot, their number is written beside. */
const STACK_FROM = 3;

/** From this zoom on, with at most so many points in view, they bear their map symbols. */
const SYMBOLS_ZOOM = 6.5;
const SYMBOLS_MOST = 300;

/** @typedef {{ x: Int16Array, y: Int16Array, rgba: Uint32Array, opaque: Uint8Array }} Stamp */

export class Points {
  /** @param {import("./dataset.js").Dataset} dataset */
  constructor(dataset) {
    this.dataset = dataset;
    const { lon, lat, radius_km } = dataset.table.numbers;
    const { x, y } = project(lon, lat, STEPS);
    this.x = x;
    this.y = y;
    this.radiusKm = radius_km;
    /** @type {Flatbush | null} */
    this.index = null;
    this.found = new Int32Array(dataset.size);
    this.inView = 0;
    this.dense = false;
    /** @type {Stamp[] | null} */
    this.stamps = null;
    this.stampRatio = 0;
    /** @type {ImageData | null} */
    this.image = null;
    this.layers = [new CanvasLayer("tm-points", 420, (frame) => this.paint(frame))];
    this.codes = dataset.table.texts.symbol;
    this.sprite = new Sprite(dataset.spec.symbols ?? {}, () => this.layers[0].repaint());
  }

  /** Forget what depends on the theme. */
  restyle() {
    this.stamps = null;
  }

  /** @param {import("./canvas_layer.js").Frame} frame */
  paint(frame) {
    const visible = this.#visible(frame);
    const bins = visible.length > DENSE_FROM ? binned(visible, this.x, this.y, frame) : null;
    this.dense = bins !== null && visible.length / bins.used > DENSE_PER_CELL;
    if (bins && this.dense) paintBins(bins, frame);
    else {
      this.#stamp(visible, frame);
      if (this.codes && frame.zoom >= SYMBOLS_ZOOM && visible.length <= SYMBOLS_MOST) {
        this.sprite.paint(visible, { x: this.x, y: this.y, ...this.codes }, frame);
      }
      if (visible.length <= DENSE_FROM) this.#stacks(visible, frame);
    }
    if (frame.zoom >= RADII_ZOOM) {
      for (const i of visible.slice(0, RADII_MOST)) this.#circle(frame, i, 0.35, false);
    }
  }

  /** @param {import("./canvas_layer.js").Frame} frame @returns {Int32Array} items on the canvas */
  #visible(frame) {
    const { dataset, x, y } = this;
    const { scale, left, top, width, height, ratio, pad } = frame;
    const margin = SYMBOL_SIZE * ratio;
    const { found } = this;
    let count = 0;
    let inView = 0;
    const { passes, to, windowFrom } = dataset;
    const take = (/** @type {number} */ i) => {
      const px = x[i] * scale - left;
      const py = y[i] * scale - top;
      if (px < margin || py < margin || px >= width - margin || py >= height - margin) return;
      found[count++] = i;
      if (px >= pad && py >= pad && px < width - pad && py < height - pad) inView++;
    };
    for (let i = dataset.first; i < dataset.end; i++) if (passes[i] && to[i] >= windowFrom) take(i);
    for (let i = dataset.dated; i < dataset.size; i++) if (dataset.has(i)) take(i);
    this.inView = inView;
    return found.subarray(0, count);
  }

  /**
   * @param {Int32Array} visible
   * @param {import("./canvas_layer.js").Frame} frame
   */
  #stamp(visible, frame) {
    const { context, scale, left, top, width, height, ratio } = frame;
    if (this.image?.width !== width || this.image.height !== height) {
      this.image = new ImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
      this.count = new Uint8Array(width * height);
    }
    const pixels = /** @type {Uint32Array} */ (this.pixels).fill(0);
    const count = /** @type {Uint8Array} */ (this.count).fill(0);
    const stamps = this.#stamps(ratio);
    const { category, certainty } = this.dataset;
    for (const i of visible) {
      const at = ((this.y[i] * scale - top) | 0) * width + ((this.x[i] * scale - left) | 0);
      if (count[at] >= STAMPS_PER_PIXEL) continue;
      count[at]++;
      const stamp = stamps[category[i] * CERTAINTIES + certainty[i]];
      const { x, y, rgba, opaque } = stamp;
      for (let k = 0; k < rgba.length; k++) {
        const pixel = at + y[k] * width + x[k];
        if (opaque[k] || !pixels[pixel]) pixels[pixel] = rgba[k];
      }
    }
    context.putImageData(/** @type {ImageData} */ (this.image), 0, 0);
  }

  /**
   * Say how many lie on one spot, where the upper hides the others.
   * @param {Int32Array} visible
   * @param {import("./canvas_layer.js").Frame} frame
   */
  #stacks(visible, { context, scale, left, top, ratio }) {
    /** @type {Map<string, number[]>} */
    const spots = new Map();
    for (const i of visible) {
      const [x, y] = [this.x[i] * scale - left, this.y[i] * scale - top];
      const spot = `${Math.round(x / (3 * ratio))},${Math.round(y / (3 * ratio))}`;
      const stack = spots.get(spot);
      if (stack) stack[2]++;
      else spots.set(spot, [x, y, 1]);
    }
    context.font = `600 ${9.5 * ratio}px system-ui, sans-serif`;
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 2.5 * ratio;
    context.strokeStyle = color("--halo-text");
    context.fillStyle = color("--ink");
    for (const [x, y, count] of spots.values()) {
      if (count < STACK_FROM) continue;
      context.strokeText(String(count), x + 5 * ratio, y - 6 * ratio);
      context.fillText(String(count), x + 5 * ratio, y - 6 * ratio);
    }
  }

  /** @param {number} ratio @returns {Stamp[]} one per category and certainty */
  #stamps(ratio) {
    if (!this.stamps || this.stampRatio !== ratio) {
      this.stampRatio = ratio;
      const ground = color("--halo");
      this.stamps = this.dataset.spec.categories.flatMap((category) =>
        [0, 1, 2].map((certainty) =>
          stampOf(symbol(category.shape, this.#ink(category), ground, certainty, ratio)),
        ),
      );
    }
    return this.stamps;
  }

  /** @param {import("./dataset.js").Category} category */
  #ink(category) {
    return color("--dark") === "1" ? category.dark : category.light;
  }

  /**
   * @param {import("./canvas_layer.js").Frame} frame
   * @param {number} i
   * @param {number} alpha
   * @param {boolean} filled
   */
  #circle(frame, i, alpha, filled) {
    const { context, scale, left, top, ratio } = frame;
    const radius = worldLength(this.radiusKm[i], this.y[i]) * scale;
    if (!(radius > 5 * ratio)) return;
    const ink = this.#ink(this.dataset.spec.categories[this.dataset.category[i]]);
    context.save();
    context.beginPath();
    context.arc(this.x[i] * scale - left, this.y[i] * scale - top, radius, 0, 2 * Math.PI);
    context.fillStyle = context.strokeStyle = ink;
    context.globalAlpha = 0.1;
    if (filled) context.fill();
    context.globalAlpha = alpha;
    context.lineWidth = (filled ? 1.6 : 0.9) * ratio;
    context.setLineDash([5 * ratio, 4 * ratio]);
    context.stroke();
    context.restore();
  }

  /**
   * @param {import("./canvas_layer.js").Frame} frame
   * @param {number} i
   */
  highlight(frame, i) {
    const { context, scale, left, top, ratio } = frame;
    this.#circle(frame, i, 0.95, true);
    const [x, y] = [this.x[i] * scale - left, this.y[i] * scale - top];
    for (const [ink, width] of [["--halo", 4.5], ["--focus", 2]]) {
      context.beginPath();
      context.arc(x, y, 8 * ratio, 0, 2 * Math.PI);
      context.strokeStyle = color(/** @type {string} */ (ink));
      context.lineWidth = /** @type {number} */ (width) * ratio;
      context.stroke();
    }
  }

  /**
   * Draw an item larger, with a ring around it.
   * @param {import("./canvas_layer.js").Frame} frame
   * @param {number} i
   */
  emphasise({ context, scale, left, top, ratio }, i) {
    const category = this.dataset.spec.categories[this.dataset.category[i]];
    const ink = this.#ink(category);
    const stamp = symbol(category.shape, ink, color("--halo"), this.dataset.certainty[i], 1.4 * ratio);
    const [x, y] = [this.x[i] * scale - left, this.y[i] * scale - top];
    for (const [pen, width] of [[color("--halo"), 4], [ink, 1.6]]) {
      context.beginPath();
      context.arc(x, y, 10.5 * ratio, 0, 2 * Math.PI);
      context.strokeStyle = /** @type {string} */ (pen);
      context.lineWidth = /** @type {number} */ (width) * ratio;
      context.stroke();
    }
    context.drawImage(stamp, x - stamp.width / 2, y - stamp.height / 2);
  }

  /**
   * @param {number} x world units
   * @param {number} y world units
   * @param {number} reach world units
   * @returns {number[]} shown items near a place, the nearest first
   */
  at(x, y, reach) {
    if (!this.dataset.size) return [];
    this.index ??= this.#indexed();
    const near = this.index.search(x - reach, y - reach, x + reach, y + reach, (i) =>
      this.dataset.has(i),
    );
    const far = (/** @type {number} */ i) => (this.x[i] - x) ** 2 + (this.y[i] - y) ** 2;
    return near.sort((a, b) => far(a) - far(b) || a - b);
  }

  #indexed() {
    const index = new Flatbush(this.dataset.size);
    for (let i = 0; i < this.dataset.size; i++) index.add(this.x[i], this.y[i]);
    index.finish();
    return index;
  }

  /** @param {number} i @returns {import("./paths.js").Box} */
  boxOf(i) {
    return { west: this.x[i], east: this.x[i], north: this.y[i], south: this.y[i] };
  }
}

/** @param {HTMLCanvasElement} canvas @returns {Stamp} its pixels, as offsets from the centre */
function stampOf(canvas) {
  const size = canvas.width;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const words = new Uint32Array(context.getImageData(0, 0, size, size).data.buffer);
  const half = size >> 1;
  const kept = [...words.keys()].filter((at) => words[at] >>> 24 > 24);
  return {
    x: Int16Array.from(kept, (at) => (at % size) - half),
    y: Int16Array.from(kept, (at) => Math.floor(at / size) - half),
    rgba: Uint32Array.from(kept, (at) => words[at]),
    opaque: Uint8Array.from(kept, (at) => (words[at] >>> 24 > 150 ? 1 : 0)),
  };
}
