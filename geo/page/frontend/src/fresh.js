/** Bring out what became known on the last day, and let the rest step back. */

import { CanvasLayer } from "./canvas_layer.js";
import { MISSING } from "./dataset.js";

const DAY = 1440;

export class Fresh {
  /**
   * @param {Map<string, import("./pointer.js").Mark>} marks
   * @param {import("./state.js").State} state
   * @param {number | null} asOf last minute of the page's day of knowledge
   */
  constructor(marks, state, asOf) {
    this.marks = marks;
    this.state = state;
    this.asOf = asOf ?? Infinity;
    /** @type {{ knownBy: number, hidden: Set<string>, day: number, items: (readonly [import("./pointer.js").Mark, number[]])[] } | null} */
    this.found = null;
    this.layer = new CanvasLayer("tm-fresh", 426, (frame) => this.paint(frame));
  }

  /** @returns {number} last minute of the last day on which anything became known; -Infinity where none did */
  get day() {
    return this.#found().day;
  }

  /** @returns {number} of all layers that are shown */
  get count() {
    let count = 0;
    for (const [mark, items] of this.#found().items) for (const i of items) count += mark.dataset.has(i) ? 1 : 0;
    return count;
  }

  /** @param {import("./canvas_layer.js").Frame} frame */
  paint(frame) {
    if (!this.state.now.fresh) return;
    for (const [mark, items] of this.#found().items) {
      for (const i of items.filter((item) => mark.dataset.has(item))) {
        if ("emphasise" in mark) mark.emphasise(frame, i);
        else mark.highlight(frame, i);
      }
    }
  }

  /** Look through all items only when the day of knowledge or the layers change, not with every window. */
  #found() {
    const { knownBy, hidden } = this.state.now;
    if (this.found?.knownBy === knownBy && this.found.hidden === hidden) return this.found;
    const shown = [...this.marks].filter(([key]) => !hidden.has(key)).map(([, mark]) => mark);
    const by = Math.min(this.asOf, knownBy);
    const day = latest(shown.map(({ dataset }) => dataset.known), by);
    const items = shown.map((mark) => /** @type {const} */ ([mark, within(mark.dataset.known, day - DAY, day)]));
    this.found = { knownBy, hidden, day, items };
    return this.found;
  }
}

/**
 * @param {Int32Array} known minutes
 * @param {number} after
 * @param {number} by
 * @returns {number[]} places of what became known between
 */
function within(known, after, by) {
  const found = [];
  for (let i = 0; i < known.length; i++) if (known[i] > after && known[i] <= by) found.push(i);
  return found;
}

/**
 * @param {Int32Array[]} columns minutes
 * @param {number} by
 * @returns {number} end of the day of the largest that is not beyond; -Infinity where none is known
 */
export function latest(columns, by) {
  let last = MISSING;
  for (const known of columns) for (const minute of known) if (minute > last && minute <= by) last = minute;
  return last === MISSING ? -Infinity : Math.floor(last / DAY) * DAY + DAY - 1;
}
