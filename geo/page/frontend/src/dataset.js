/** Choose the items of a layer that the reader's window, filters and date of knowledge let through. */

import { read } from "./bytes.js";
import { lowerBound, upperBound } from "./search.js";

/** Observed, inferred, planned. */
export const CERTAINTIES = 3;

/** What stands for a missing time. */
export const MISSING = -(2 ** 31);

/**
 * @typedef {object} Category
 * @property {string} value
 * @property {string} label
 * @property {string} light
 * @property {string} dark
 * @property {string} shape
 */

/**
 * @typedef {object} ItemSpec
 * @property {string} mark
 * @property {string} key
 * @property {string} name
 * @property {boolean} show
 * @property {Record<string, string>} tables
 * @property {Category[]} categories
 * @property {{ label: string, column: string }[]} details
 * @property {{ label: string, column: string }[]} filters
 * @property {string} [sizeUnit]
 * @property {Record<string, string>} [symbols] SVG by code of APP-6
 */

export class Dataset {
  /**
   * @param {ItemSpec} spec
   * @param {import("./bytes.js").Table} table
   */
  constructor(spec, table) {
    this.spec = spec;
    this.table = table;
    this.from = /** @type {Int32Array} */ (table.numbers.from);
    const look = /** @type {Int32Array} */ (table.numbers.look);
    this.category = look.map((both) => Math.floor(both / CERTAINTIES));
    this.certainty = look.map((both) => both % CERTAINTIES);
    this.size = this.from.length;
    const radii = table.numbers.radius_10m;
    if (radii) table.numbers.radius_km = Float32Array.from(radii, (r) => (r < 0 ? NaN : r / 100));
    this.dated = undatedFrom(this.from);
    const lasts = table.numbers.lasts;
    this.to = this.from.map((start, i) => start + lasts[i]);
    const after = table.numbers.known;
    this.known = this.from.map((start, i) =>
      after[i] === MISSING ? MISSING : after[i] + (start === MISSING ? 0 : start),
    );
    this.latestEnd = runningMaximum(this.to, this.dated);
    this.passes = new Uint8Array(this.size).fill(1);
    this.first = 0;
    this.end = this.dated;
    this.undated = true;
    this.windowFrom = -Infinity;
    /** @type {Promise<import("./bytes.js").Table> | null} */
    this.words = null;
    /** @type {Uint8Array | null} */
    this.matches = null;
    this.filterKey = "";
  }

  /**
   * Apply the reader's choice; the window costs two binary searches, filters one pass.
   * @param {import("./state.js").Choice} choice
   */
  choose(choice) {
    this.windowFrom = choice.from;
    this.undated = choice.undated;
    this.first = lowerBound(this.latestEnd, choice.from);
    this.end = upperBound(this.from, choice.to, this.dated);
  }

  /**
   * Apply filters, date of knowledge and search.
   * @param {import("./state.js").Choice} choice
   */
  filter(choice) {
    const tests = this.#tests(choice);
    const { passes, known, matches } = this;
    for (let i = 0; i < this.size; i++) {
      let on = known[i] <= choice.knownBy && (!matches || matches[i]) ? 1 : 0;
      for (const { codes, out } of tests) if (out[codes[i]]) on = 0;
      passes[i] = on;
    }
  }

  /** @param {number} i @returns {boolean} whether the item is in the window and passes the filters */
  has(i) {
    if (!this.passes[i]) return false;
    if (i >= this.dated) return this.undated;
    return i >= this.first && i < this.end && this.to[i] >= this.windowFrom;
  }

  /** @returns {number[]} places of all items that are shown */
  shown() {
    const found = [];
    for (let i = this.first; i < this.end; i++) if (this.has(i)) found.push(i);
    for (let i = this.dated; i < this.size; i++) if (this.has(i)) found.push(i);
    return found;
  }

  /** @returns {Promise<import("./bytes.js").Table>} the words, inflated when first asked for */
  texts() {
    this.words ??= read(this.spec.tables.texts).then((table) => {
      for (const { column } of this.spec.filters) table.texts[column] ??= this.facet(column);
      return table;
    });
    return this.words;
  }

  /**
   * Mark the items whose words contain the query.
   * @param {string} query
   */
  async search(query) {
    const wanted = query.trim().toLocaleLowerCase();
    if (!wanted) {
      this.matches = null;
      return;
    }
    const matches = new Uint8Array(this.size);
    for (const { codes, words } of Object.values((await this.texts()).texts)) {
      const hit = words.map((word) => word.toLocaleLowerCase().includes(wanted));
      for (let i = 0; i < this.size; i++) if (hit[codes[i]]) matches[i] = 1;
    }
    this.matches = matches;
  }

  /**
   * @param {string} column
   * @returns {{ codes: Int32Array, words: string[] }} the column that the reader may filter by
   */
  facet(column) {
    if (column === "category") {
      return { codes: this.category, words: this.spec.categories.map((entry) => entry.value) };
    }
    return this.table.texts[`filter:${column}`];
  }

  /** @param {import("./state.js").Choice} choice */
  #tests(choice) {
    const columns = ["category", ...this.spec.filters.map((entry) => entry.column)];
    return columns.flatMap((column) => {
      const excluded = choice.excluded.get(`${this.spec.key}:${column}`);
      if (!excluded?.size) return [];
      const { codes, words } = this.facet(column);
      return [{ codes, out: Uint8Array.from(words, (word) => (excluded.has(word) ? 1 : 0)) }];
    });
  }
}

/** @param {Int32Array} from @returns {number} place of the first item without a date */
function undatedFrom(from) {
  let end = from.length;
  while (end > 0 && from[end - 1] === MISSING) end--;
  return end;
}

/**
 * The latest end so far never falls, so a binary search finds the first item that can reach a window.
 * @param {Int32Array} values
 * @param {number} count
 */
function runningMaximum(values, count) {
  const maxima = values.slice(0, count);
  for (let i = 1; i < count; i++) if (maxima[i] < maxima[i - 1]) maxima[i] = maxima[i - 1];
  return maxima;
}
