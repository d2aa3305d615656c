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
    this.layer = new CanvasLayer("tm-fresh", 426, (frame) => this.paint(frame));
  }

  /** @returns {number} last minute of the last day on which anything became known; -Infinity where none did */
  get day() {
    const by = Math.min(this.asOf, this.state.now.knownBy);
    return latest(this.#shown().map(({ dataset }) => dataset.known), by);
  }

  /** @param {import("./dataset.js").Dataset} dataset @returns {number[]} what became known on that day */
  items(dataset) {
    const by = this.day;
    const after = by - DAY;
    return dataset.shown().filter((i) => dataset.known[i] > after && dataset.known[i] <= by);
  }

  /** @returns {number} of all layers that are shown */
  get count() {
    return this.#shown().reduce((sum, { dataset }) => sum + this.items(dataset).length, 0);
  }

  /** @param {import("./canvas_layer.js").Frame} frame */
  paint(frame) {
    if (!this.state.now.fresh) return;
    for (const mark of this.#shown()) {
      for (const i of this.items(mark.dataset)) {
        if ("emphasise" in mark) mark.emphasise(frame, i);
        else mark.highlight(frame, i);
      }
    }
  }

  #shown() {
    return [...this.marks].filter(([key]) => !this.state.now.hidden.has(key)).map(([, mark]) => mark);
  }
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
