/** Hold the estimates of areas over time, and the figures that others published. */

import { shapes } from "./paths.js";
import { lowerBound, upperBound } from "./search.js";

const DAY = 1440;
/** Steps per degree of outlines. */
const STEPS = 500;
/** An estimate stands for so many days after its own, where none follows. */
const HOLDS_DAYS = 7;

/** @typedef {{ p05: number, p25: number, p50: number, p75: number, p95: number, day: number }} Quantiles */
/** @typedef {{ area: number, day: number, known: number, low: number, best: number, high: number, label: string, link: string }} Figure */
/** @typedef {{ id: string, name: string, parent: string }} Area */
/** @typedef {{ area: number, from: number, until: number, claims: number, sources: number }} Period days, both included; a break counts 0 */

export const QUANTILES = /** @type {const} */ (["p05", "p25", "p50", "p75", "p95"]);

export class Estimates {
  /**
   * @param {{ key: string, name: string, show: boolean, unit: string, areas: Area[] }} spec
   * @param {import("./bytes.js").Table} table
   */
  constructor(spec, table) {
    this.spec = spec;
    this.areas = spec.areas;
    this.outlines = shapes(table.numbers, "", STEPS);
    this.anchor = { lon: table.numbers.anchor_lon, lat: table.numbers.anchor_lat };
    this.latest = spec.areas.map((_, area) => seriesOf(table.numbers, area));
    this.vintages = vintagesOf(table.numbers, spec.areas.length);
    this.series = this.latest;
    this.figures = figuresOf(table);
    this.effort = periodsOf(table.numbers, "effort");
    this.breaks = periodsOf(table.numbers, "break");
    const parents = new Set(spec.areas.map((area) => area.parent));
    this.leaves = [...spec.areas.keys()].filter((area) => !parents.has(spec.areas[area].id));
    this.largest = Math.max(1, ...this.leaves.map((area) => largest(this.series[area].p95)));
  }

  /**
   * Show the estimates as they stood on a day: those of the last vintage by then, if any.
   * @param {number} knownBy last minute of knowledge; Infinity for the latest
   */
  know(knownBy) {
    const none = this.areas.map(() => NOTHING);
    const vintage = this.vintages.findLast(({ asOf }) => (asOf + 1) * DAY - 1 <= knownBy);
    this.series = Number.isFinite(knownBy) ? (vintage?.series ?? none) : this.latest;
  }

  /** @returns {number} the area to open with: the one that holds the others, else the first */
  get opening() {
    const ids = new Set(this.areas.map((area) => area.id));
    const root = this.areas.findIndex((area, i) => !ids.has(area.parent) && !this.leaves.includes(i));
    return root >= 0 ? root : this.series.findIndex((series) => series.day.length > 0);
  }

  /**
   * @param {number} area
   * @param {number} minute
   * @returns {Quantiles | null} the estimate that holds on the day of a minute
   */
  at(area, minute) {
    const series = this.series[area];
    if (!series) return null;
    const day = Math.floor(minute / DAY);
    const at = upperBound(series.day, day) - 1;
    if (at < 0 || day - series.day[at] > HOLDS_DAYS) return null;
    const [p05, p25, p50, p75, p95] = QUANTILES.map((name) => series[name][at]);
    return { p05, p25, p50, p75, p95, day: series.day[at] };
  }

  /** @returns {[number, number] | null} first and last minute of all estimates and figures */
  get extent() {
    const days = [
      ...this.latest.flatMap(({ day }) => (day.length ? [day[0], day[day.length - 1]] : [])),
      ...this.figures.map((figure) => figure.day),
    ];
    return days.length ? [Math.min(...days) * DAY, (Math.max(...days) + 1) * DAY - 1] : null;
  }
}

/** @typedef {Record<"day" | "regime" | "forecast" | typeof QUANTILES[number], Int32Array | Float32Array>} Series */

/** @type {Series} */
const NOTHING = {
  day: new Int32Array(),
  regime: new Int32Array(),
  forecast: new Int32Array(),
  p05: new Float32Array(),
  p25: new Float32Array(),
  p50: new Float32Array(),
  p75: new Float32Array(),
  p95: new Float32Array(),
};

/**
 * Vintages come as logarithms in thousandths, which is as exact as any of them.
 * @param {Record<string, Int32Array | Float32Array>} numbers sorted by date of knowledge, area, day
 * @param {number} areas
 * @returns {{ asOf: number, series: Series[] }[]}
 */
function vintagesOf(numbers, areas) {
  const known = numbers.vintage_as_of;
  return [...new Set(known)].map((asOf) => {
    const [first, end] = [lowerBound(known, asOf), upperBound(known, asOf)];
    const cut = (/** @type {string} */ name) => numbers[`vintage_${name}`].subarray(first, end);
    /** @type {Record<string, Int32Array | Float32Array>} */
    const columns = { area: cut("area"), day: cut("day") };
    for (const name of QUANTILES) columns[name] = Float32Array.from(cut(name), (x) => Math.expm1(x / 1e3));
    return { asOf, series: Array.from({ length: areas }, (_, area) => seriesOf(columns, area)) };
  });
}

/**
 * @param {Record<string, Int32Array | Float32Array>} numbers sorted by area, then day
 * @param {number} area
 * @returns {Series}
 */
function seriesOf(numbers, area) {
  const first = upperBound(numbers.area, area - 1);
  const end = upperBound(numbers.area, area);
  const cut = (/** @type {string} */ name) => numbers[name]?.subarray(first, end) ?? new Int32Array(end - first);
  const [p05, p25, p50, p75, p95] = QUANTILES.map(cut);
  return { day: cut("day"), regime: cut("regime"), forecast: cut("forecast"), p05, p25, p50, p75, p95 };
}

/**
 * @param {Record<string, Int32Array | Float32Array>} numbers
 * @param {string} prefix
 * @returns {Period[]}
 */
function periodsOf(numbers, prefix) {
  const column = (/** @type {string} */ name) => numbers[`${prefix}_${name}`];
  return Array.from(column("area") ?? [], (area, i) => ({
    area,
    from: column("date")[i],
    until: column("until")[i],
    claims: column("claims")?.[i] ?? 0,
    sources: column("sources")?.[i] ?? 0,
  }));
}

/** @param {import("./bytes.js").Table} table @returns {Figure[]} */
function figuresOf({ numbers, texts }) {
  return Array.from(numbers.figure_area, (area, i) => ({
    area,
    day: numbers.figure_day[i],
    known: numbers.figure_known[i],
    low: numbers.figure_low[i],
    best: numbers.figure_best[i],
    high: numbers.figure_high[i],
    label: texts.label.words[texts.label.codes[i]],
    link: texts.link.words[texts.link.codes[i]],
  }));
}

/** @param {Int32Array | Float32Array} values @returns {number} */
function largest(values) {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}
