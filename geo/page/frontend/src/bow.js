/** Bend lines of which only the ends are known. */

import { box } from "./paths.js";

/** Vertices that a bow is drawn with. */
export const BOW_VERTICES = 28;

/**
 * Bend the lines of two vertices; those that share both ends bend more and more, so none hides another.
 * @param {import("./paths.js").Shapes} straight
 * @returns {import("./paths.js").Shapes}
 */
export function bowed(straight) {
  /** @type {number[]} */
  const xs = [];
  /** @type {number[]} */
  const ys = [];
  /** @type {Map<string, number>} */
  const twins = new Map();
  const bent = straight.shapes.map(({ parts: [[first, end]] }) => {
    const start = xs.length;
    if (end - first === 2) {
      const ends = [straight.x[first], straight.y[first], straight.x[first + 1], straight.y[first + 1]];
      const key = ends.map((value) => value.toFixed(2)).join();
      const twin = twins.get(key) ?? 0;
      twins.set(key, twin + 1);
      const bend = 0.16 + 0.07 * (twin % 6);
      for (const [x, y] of bow(ends[0], ends[1], ends[2], ends[3], bend)) {
        xs.push(x);
        ys.push(y);
      }
    } else {
      xs.push(...straight.x.subarray(first, end));
      ys.push(...straight.y.subarray(first, end));
    }
    return [start, xs.length];
  });
  const [x, y] = [Float32Array.from(xs), Float32Array.from(ys)];
  return {
    x,
    y,
    shapes: bent.map(([first, end]) => ({ parts: [[first, end]], box: box(x, y, first, end) })),
  };
}

/**
 * @param {number} x0
 * @param {number} y0
 * @param {number} x1
 * @param {number} y1
 * @param {number} bend height of the bow as a share of its length
 * @returns {[number, number][]}
 */
function bow(x0, y0, x1, y1, bend) {
  const side = x1 >= x0 ? 1 : -1;
  const cx = (x0 + x1) / 2 + (y1 - y0) * bend * side;
  const cy = (y0 + y1) / 2 - (x1 - x0) * bend * side;
  return Array.from({ length: BOW_VERTICES }, (_, k) => {
    const t = k / (BOW_VERTICES - 1);
    const u = 1 - t;
    return [
      u * u * x0 + 2 * u * t * cx + t * t * x1,
      u * u * y0 + 2 * u * t * cy + t * t * y1,
    ];
  });
}
