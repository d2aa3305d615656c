/** Draw map symbols of APP-6, whose frame says whose it is, where points stand far enough apart. */

import { free } from "./boxes.js";

/** Share of the picture's own size at which it is drawn. */
const SHARE = 0.74;

export class Sprite {
  /**
   * @param {Record<string, string>} pictures SVG by code
   * @param {() => void} ready called when pictures have arrived that were asked for
   */
  constructor(pictures, ready) {
    this.pictures = pictures;
    this.ready = ready;
    /** @type {Map<string, HTMLImageElement>} */
    this.images = new Map();
  }

  /** @param {string} code @returns {HTMLImageElement | null} null until it can be drawn */
  image(code) {
    const known = this.images.get(code);
    if (known) return known.complete ? known : null;
    if (!(code in this.pictures)) return null;
    const image = new Image();
    image.addEventListener("load", this.ready);
    image.src = address(this.pictures[code]);
    this.images.set(code, image);
    return null;
  }

  /**
   * Draw what has room, the last first, which is the latest.
   * @param {Int32Array} visible
   * @param {{ x: Float32Array, y: Float32Array, codes: Int32Array, words: string[] }} items
   * @param {import("./canvas_layer.js").Frame} frame
   */
  paint(visible, { x, y, codes, words }, { context, scale, left, top, ratio }) {
    /** @type {import("./boxes.js").Rect[]} */
    const taken = [];
    for (let k = visible.length - 1; k >= 0; k--) {
      const i = visible[k];
      const image = this.image(words[codes[i]]);
      if (!image) continue;
      const [wide, high] = [image.naturalWidth * SHARE * ratio, image.naturalHeight * SHARE * ratio];
      const [px, py] = [x[i] * scale - left - wide / 2, y[i] * scale - top - high / 2];
      const rect = { left: px, top: py, right: px + wide, bottom: py + high };
      if (!free(rect, taken)) continue;
      taken.push(rect);
      context.drawImage(image, px, py, wide, high);
    }
  }
}

/** @param {string} svg @returns {string} address of a picture that asks no host */
export function address(svg) {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
