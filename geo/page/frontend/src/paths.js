/** Turn columns of coordinates into paths in world units, with their boxes for culling. */

import { project } from "./mercator.js";

/**
 * @typedef {object} Box
 * @property {number} west
 * @property {number} north smaller y
 * @property {number} east
 * @property {number} south
 */

/**
 * @typedef {object} Shape
 * @property {[number, number][]} parts first and end vertex of each part
 * @property {Box} box
 */

/**
 * @typedef {object} Shapes
 * @property {Float32Array} x world units
 * @property {Float32Array} y world units
 * @property {Shape[]} shapes
 */

/**
 * @param {Record<string, Int32Array | Float32Array>} numbers
 * @param {string} prefix of the columns `x`, `y`, `part_size`, `parts`
 * @param {number} steps per degree
 * @returns {Shapes}
 */
export function shapes(numbers, prefix, steps) {
  const { x, y } = project(numbers[`${prefix}x`], numbers[`${prefix}y`], steps);
  const sizes = numbers[`${prefix}part_size`];
  /** @type {Shape[]} */
  const found = [];
  let part = 0;
  let vertex = 0;
  for (const count of numbers[`${prefix}parts`]) {
    /** @type {[number, number][]} */
    const parts = [];
    const first = vertex;
    for (let k = 0; k < count; k++) {
      parts.push([vertex, vertex + sizes[part]]);
      vertex += sizes[part++];
    }
    found.push({ parts, box: box(x, y, first, vertex) });
  }
  return { x, y, shapes: found };
}

/**
 * @param {Float32Array} x
 * @param {Float32Array} y
 * @param {number} first
 * @param {number} end
 * @returns {Box}
 */
export function box(x, y, first, end) {
  const found = { west: Infinity, north: Infinity, east: -Infinity, south: -Infinity };
  for (let i = first; i < end; i++) {
    found.west = Math.min(found.west, x[i]);
    found.east = Math.max(found.east, x[i]);
    found.north = Math.min(found.north, y[i]);
    found.south = Math.max(found.south, y[i]);
  }
  return found;
}

/**
 * @param {Box} inner
 * @param {import("./canvas_layer.js").Frame} frame
 * @returns {boolean} whether the box can be seen
 */
export function inFrame(inner, frame) {
  return (
    inner.east * frame.scale >= frame.left &&
    inner.west * frame.scale <= frame.left + frame.width &&
    inner.south * frame.scale >= frame.top &&
    inner.north * frame.scale <= frame.top + frame.height
  );
}

/**
 * Add a shape to the current path; vertices closer than half a pixel are left out.
 * @param {import("./canvas_layer.js").Frame} frame
 * @param {Shapes} all
 * @param {Shape} shape
 * @param {boolean} closed
 */
export function trace(frame, all, shape, closed) {
  const { context, scale, left, top, ratio } = frame;
  const { x, y } = all;
  const near = 0.6 * ratio;
  for (const [first, end] of shape.parts) {
    let lastX = x[first] * scale - left;
    let lastY = y[first] * scale - top;
    context.moveTo(lastX, lastY);
    for (let i = first + 1; i < end; i++) {
      const px = x[i] * scale - left;
      const py = y[i] * scale - top;
      if (i < end - 1 && Math.abs(px - lastX) < near && Math.abs(py - lastY) < near) continue;
      context.lineTo(px, py);
      lastX = px;
      lastY = py;
    }
    if (closed) context.closePath();
  }
}

/**
 * Even-odd test over all rings of a shape.
 * @param {Shapes} all
 * @param {Shape} shape
 * @param {number} px world units
 * @param {number} py world units
 * @returns {boolean}
 */
export function contains(all, shape, px, py) {
  const { west, east, north, south } = shape.box;
  if (px < west || px > east || py < north || py > south) return false;
  const { x, y } = all;
  let inside = false;
  for (const [first, end] of shape.parts) {
    for (let i = first, j = end - 1; i < end; j = i++) {
      const crosses = y[i] > py !== y[j] > py;
      if (crosses && px < ((x[j] - x[i]) * (py - y[i])) / (y[j] - y[i]) + x[i]) inside = !inside;
    }
  }
  return inside;
}

/**
 * @param {Shapes} all
 * @param {Shape} shape
 * @param {number} px world units
 * @param {number} py world units
 * @returns {number} distance to the lines of a shape, world units
 */
export function distance(all, shape, px, py) {
  const { x, y } = all;
  let best = Infinity;
  for (const [first, end] of shape.parts) {
    for (let i = first + 1; i < end; i++) {
      const [dx, dy] = [x[i] - x[i - 1], y[i] - y[i - 1]];
      const length = dx * dx + dy * dy;
      const along = length ? ((px - x[i - 1]) * dx + (py - y[i - 1]) * dy) / length : 0;
      const t = Math.max(0, Math.min(1, along));
      best = Math.min(best, Math.hypot(x[i - 1] + t * dx - px, y[i - 1] + t * dy - py));
    }
  }
  return best;
}
