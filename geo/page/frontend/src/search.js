/** Find places in sorted columns. */

/**
 * @param {ArrayLike<number>} sorted ascending
 * @param {number} value
 * @param {number} [end] search before this place
 * @returns {number} first place whose value is at least `value`
 */
export function lowerBound(sorted, value, end = sorted.length) {
  let low = 0;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * @param {ArrayLike<number>} sorted ascending
 * @param {number} value
 * @param {number} [end] search before this place
 * @returns {number} first place whose value exceeds `value`
 */
export function upperBound(sorted, value, end = sorted.length) {
  let low = 0;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
