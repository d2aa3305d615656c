/** Count points in hexagons and paint the counts, where dots would only cover each other. */

import { color } from "./dom.js";

const CELL = 9;
const SQRT3 = Math.sqrt(3);
/** Corners of a hexagon of radius one, a corner on top. */
const CORNERS = [30, 90, 150, 210, 270, 330].map((degrees) => {
  const angle = (degrees * Math.PI) / 180;
  return [Math.cos(angle), Math.sin(angle)];
});
/** Columns that a row may have: a cell is `row * ROW + column`. */
const ROW = 2 ** 21;

/**
 * @typedef {object} Bins
 * @property {Int32Array} counts by row and column of the frame
 * @property {number} columns cells in a row
 * @property {number} firstRow
 * @property {number} firstColumn
 * @property {number} used cells that hold anything
 */

/** Counts of the last frame, used again while the frame keeps its size. */
let room = new Int32Array();

/**
 * Cells are fixed to the world, so that they stay in place when the map moves.
 * @param {Int32Array} items
 * @param {Float32Array} x world units
 * @param {Float32Array} y world units
 * @param {import("./canvas_layer.js").Frame} frame
 * @returns {Bins}
 */
export function binned(items, x, y, frame) {
  const { wide, high } = cell(frame);
  const columns = Math.ceil(frame.width / wide) + 4;
  const rows = Math.ceil(frame.height / high) + 4;
  const firstColumn = Math.floor(frame.left / wide) - 1;
  const firstRow = Math.floor(frame.top / high) - 1;
  if (room.length !== columns * rows) room = new Int32Array(columns * rows);
  const counts = room.fill(0);
  const [toColumn, toRow] = [frame.scale / wide, frame.scale / high];
  let used = 0;
  for (let k = 0; k < items.length; k++) {
    const at = cellAt(x[items[k]] * toColumn, y[items[k]] * toRow);
    const row = Math.floor(at / ROW);
    const place = (row - firstRow) * columns + (at - row * ROW) - firstColumn;
    if (counts[place]++ === 0) used++;
  }
  return { counts, columns, firstRow, firstColumn, used };
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
  return row * ROW + column;
}

/**
 * @param {Bins} bins
 * @param {import("./canvas_layer.js").Frame} frame
 */
export function paintBins({ counts, columns, firstRow, firstColumn }, frame) {
  const { context, left, top } = frame;
  const { wide, high, radius } = cell(frame);
  const most = Math.log(counts.reduce((a, b) => Math.max(a, b), 0) + 1);
  context.fillStyle = color("--dense");
  for (let place = 0; place < counts.length; place++) {
    if (!counts[place]) continue;
    const row = Math.floor(place / columns) + firstRow;
    const column = (place % columns) + firstColumn;
    const [cx, cy] = [(column + (row & 1) / 2) * wide - left, row * high - top];
    context.globalAlpha = 0.16 + 0.8 * (Math.log(counts[place] + 1) / most);
    context.beginPath();
    for (const [dx, dy] of CORNERS) context.lineTo(cx + radius * dx, cy + radius * dy);
    context.fill();
  }
  context.globalAlpha = 1;
}

/** @param {import("./canvas_layer.js").Frame} frame */
function cell(frame) {
  const side = CELL * frame.ratio;
  return { wide: side, high: (side * SQRT3) / 2, radius: side / SQRT3 - 0.3 * frame.ratio };
}
