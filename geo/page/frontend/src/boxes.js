/** Place boxes of text so that none covers another. */

/** @typedef {{ left: number, top: number, right: number, bottom: number }} Rect */

/**
 * @param {number} x
 * @param {number} y
 * @param {number} wide
 * @param {number} half height
 * @param {number} ratio
 * @returns {Rect[]} right, left, above and below of a dot
 */
export function beside(x, y, wide, half, ratio) {
  const gap = 5 * ratio;
  return [
    { left: x + gap, right: x + gap + wide, top: y - half, bottom: y + half },
    { left: x - gap - wide, right: x - gap, top: y - half, bottom: y + half },
    { left: x - wide / 2, right: x + wide / 2, top: y - gap - 2 * half, bottom: y - gap },
    { left: x - wide / 2, right: x + wide / 2, top: y + gap, bottom: y + gap + 2 * half },
  ];
}

/**
 * @param {Rect} rect
 * @param {Rect[]} taken
 * @returns {boolean}
 */
export function free(rect, taken) {
  return !taken.some(
    (other) =>
      rect.left < other.right &&
      rect.right > other.left &&
      rect.top < other.bottom &&
      rect.bottom > other.top,
  );
}
