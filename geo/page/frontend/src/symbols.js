/** Draw the shapes that stand for categories: on the map's pixels, and in the legend. */

/** @type {Record<string, (pen: CanvasRenderingContext2D) => void>} */
const OUTLINES = {
  circle: (pen) => pen.arc(0, 0, 3.6, 0, 2 * Math.PI),
  square: (pen) => pen.rect(-3.2, -3.2, 6.4, 6.4),
  triangle: (pen) => polygon(pen, [[0, -4.4], [4.3, 3.3], [-4.3, 3.3]]),
  diamond: (pen) => polygon(pen, [[0, -4.7], [4.7, 0], [0, 4.7], [-4.7, 0]]),
  nabla: (pen) => polygon(pen, [[0, 4.4], [4.3, -3.3], [-4.3, -3.3]]),
  cross: (pen) =>
    polygon(pen, [
      [-1.5, -4.2], [1.5, -4.2], [1.5, -1.5], [4.2, -1.5], [4.2, 1.5], [1.5, 1.5],
      [1.5, 4.2], [-1.5, 4.2], [-1.5, 1.5], [-4.2, 1.5], [-4.2, -1.5], [-1.5, -1.5],
    ]),
  hexagon: (pen) => polygon(pen, [[4, 0], [2, 3.5], [-2, 3.5], [-4, 0], [-2, -3.5], [2, -3.5]]),
  bar: (pen) => pen.rect(-4.4, -2.2, 8.8, 4.4),
};

/** Share of the colour in the fill, by certainty: observed, inferred, planned. */
const FILL = [1, 0.38, 0];

/** Side of the box in which a symbol is drawn, CSS pixels. */
export const SYMBOL_SIZE = 13;

/**
 * @param {string} shape
 * @param {string} ink
 * @param {string} ground
 * @param {number} certainty
 * @param {number} ratio device pixels per CSS pixel
 * @returns {HTMLCanvasElement}
 */
export function symbol(shape, ink, ground, certainty, ratio) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.round(SYMBOL_SIZE * ratio);
  const pen = /** @type {CanvasRenderingContext2D} */ (
    canvas.getContext("2d", { willReadFrequently: true })
  );
  pen.scale(ratio, ratio);
  pen.translate(SYMBOL_SIZE / 2, SYMBOL_SIZE / 2);
  pen.lineJoin = "round";
  const outline = OUTLINES[shape] ?? OUTLINES.circle;
  paint(pen, outline, ground, 2.6, "stroke");
  paint(pen, outline, ground, 0, "fill");
  pen.globalAlpha = FILL[certainty];
  paint(pen, outline, ink, 0, "fill");
  pen.globalAlpha = 1;
  if (certainty > 0) paint(pen, outline, ink, 1.3, "stroke");
  return canvas;
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {(pen: CanvasRenderingContext2D) => void} outline
 * @param {string} ink
 * @param {number} width
 * @param {"fill" | "stroke"} how
 */
function paint(pen, outline, ink, width, how) {
  pen.beginPath();
  outline(pen);
  pen.lineWidth = width;
  pen.fillStyle = pen.strokeStyle = ink;
  pen[how]();
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {number[][]} corners
 */
function polygon(pen, corners) {
  corners.forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.closePath();
}
