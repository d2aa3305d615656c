/** Count points in hexagons and paint the counts, where dots would only cover each other. */

import { color } from "./dom.js";

const CELL = 9;
const SQRT3 = Math.sqrt(3);

/**
 * Cells are fixed to the world, so that they stay in place when the map moves.
 * @param {Int32Array} items
 * @param {Float32Array} x world units
 * @param {Float32Array} y world units
 * @param {import("./canvas_layer.js").Frame} frame
 * @returns {Map<number, number>} count by cell, a cell being `row * 2 ** 21 + column`
 */
export function binned(items, x, y, frame) {
  const { wide, high } = cell(frame);
  /** @type {Map<number, number>} */
  const bins = new Map();
  for (const i of items) {
    const at = cellAt((x[i] * frame.scale) / wide, (y[i] * frame.scale) / high);
    bins.set(at, (bins.get(at) ?? 0) + 1);
  }
  return bins;
}

/**
 * @param {number} px columns of width one
 * @param {number} py rows of height one
 * @returns {number} the hexagon whose centre is nearest
 */
export function cellAt(px, py) {
  let row = Math.round(py);
  let column = Math.round(px - (row & 1) / 2);
  const dy = py - row;
  if (Math.abs(dy) * 3 > 1) {
    const dx = px - (row & 1) / 2 - column;
    const otherRow = row + (dy < 0 ? -1 : 1);
    const otherColumn = Math.round(px - (otherRow & 1) / 2);
    const ox = px - (otherRow & 1) / 2 - otherColumn;
    const oy = py - otherRow;
    if (dx * dx + dy * dy * 0.75 > ox * ox + oy * oy * 0.75) {
      row = otherRow;
      column = otherColumn;
    }
  }
  return row * 2 ** 21 + column;
}

/**
 * @param {Map<number, number>} bins
 * @param {import("./canvas_layer.js").Frame} frame
 */
export function paintBins(bins, frame) {
  const { context, left, top } = frame;
  const { wide, high, radius } = cell(frame);
  const most = Math.log(Math.max(...bins.values()) + 1);
  context.fillStyle = color("--dense");
  for (const [at, count] of bins) {
    const row = Math.floor(at / 2 ** 21);
    const column = at - row * 2 ** 21;
    const [cx, cy] = [(column + (row & 1) / 2) * wide - left, row * high - top];
    context.globalAlpha = 0.16 + 0.8 * (Math.log(count + 1) / most);
    context.beginPath();
    for (let k = 0; k < 6; k++) {
      const angle = (Math.PI / 3) * k + Math.PI / 6;
      context.lineTo(cx + radius * Math.cos(angle), cy + radius * Math.sin(angle));
    }
    context.fill();
  }
  context.globalAlpha = 1;
}

/** @param {import("./canvas_layer.js").Frame} frame */
function cell(frame) {
  const side = CELL * frame.ratio;
  return { wide: side, high: (side * SQRT3) / 2, radius: side / SQRT3 - 0.3 * frame.ratio };
}
