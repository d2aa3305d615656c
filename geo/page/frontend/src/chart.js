/** Chart the estimate of the selected area: median, 50 and 90 % bands, published figures beside. */

import uPlot from "uplot";
import { el, color } from "./dom.js";
import { coverageAt, drawBackground } from "./coverage.js";
import { QUANTILES } from "./estimates.js";
import { lowerBound } from "./search.js";

const DAY = 1440;
const AXIS_FONT = "11px system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
/** Room left of the plot for the numbers, CSS pixels; the slider below starts there too. */
export const GUTTER_PX = 58;
export const RIGHT_PX = 14;

export class Chart {
  /**
   * @param {HTMLElement} box
   * @param {import("./estimates.js").Estimates} estimates
   * @param {import("./state.js").State} state
   * @param {import("./words.js").Words} words
   * @param {[number, number]} extent first and last minute
   */
  constructor(box, estimates, state, words, extent) {
    this.box = box;
    this.estimates = estimates;
    this.state = state;
    this.words = words;
    this.extent = extent;
    this.tip = el("div", { className: "tm-tip", hidden: true });
    box.setAttribute("role", "img");
    box.addEventListener("pointermove", (event) => this.#hover(event));
    box.addEventListener("pointerleave", () => (this.tip.hidden = true));
    state.on(["area", "theme", "filter"], () => this.build());
    state.on(["time"], () => this.plot?.redraw(false));
    new ResizeObserver(() => this.build()).observe(box);
  }

  build() {
    const { clientWidth: width, clientHeight: height } = this.box;
    if (!width || !height) return;
    this.plot?.destroy();
    this.plot = new uPlot(this.#options(width, height), this.#data(), this.box);
    this.box.append(this.tip);
    const area = this.estimates.areas[this.state.now.area]?.name ?? "";
    this.box.setAttribute("aria-label", this.words.say("chartLabel", { area }));
  }

  /** @returns {import("./estimates.js").Figure[]} figures of the area that were known */
  get figures() {
    const { area, knownBy } = this.state.now;
    return this.estimates.figures.filter(
      (figure) => figure.area === area && figure.known * DAY <= knownBy,
    );
  }

  #data() {
    const series = this.estimates.series[this.state.now.area];
    if (!series) return /** @type {any} */ ([[], [], [], [], [], [], []]);
    const seconds = Array.from(series.day, (day) => day * 86_400);
    const columns = QUANTILES.map((name) => Array.from(series[name], (v) => (Number.isNaN(v) ? null : v)));
    const [, , median] = columns;
    const known = median.map((v, i) => (series.forecast[i] && series.forecast[i - 1] !== 0 ? null : v));
    const ahead = median.map((v, i) => (series.forecast[i] ? v : null));
    columns[2] = known;
    return /** @type {any} */ ([seconds, ...columns, ahead]);
  }

  /**
   * @param {number} width
   * @param {number} height
   * @returns {uPlot.Options}
   */
  #options(width, height) {
    const axis = {
      stroke: color("--muted"),
      font: AXIS_FONT,
      grid: { stroke: color("--grid"), width: 1 },
      ticks: { show: false },
    };
    const none = { stroke: "transparent", points: { show: false } };
    const median = { stroke: color("--estimate"), width: 2, points: { show: false } };
    const [first, last] = this.extent;
    return {
      width,
      height,
      padding: [10, RIGHT_PX, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      axes: [
        { ...axis, size: 22, gap: 3, values: (_, ticks) => this.#dates(ticks) },
        { ...axis, size: GUTTER_PX, gap: 6, space: 28, values: (_, ticks) => ticks.map((v) => this.words.short(v)) },
      ],
      scales: {
        x: { time: true, range: [first * 60, last * 60] },
        y: { range: (_, __, most) => [0, this.#top(most)] },
      },
      series: [{}, none, none, median, none, none, { ...median, dash: [5, 4] }],
      bands: [
        { series: [5, 1], fill: color("--band90") },
        { series: [4, 2], fill: color("--band50") },
      ],
      hooks: {
        drawClear: [(plot) => drawBackground(plot, this.estimates, this.state.now)],
        draw: [(plot) => this.#marks(plot)],
      },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1e3), "Etc/UTC"),
    };
  }

  /** @param {number | null} most @returns {number} upper end of the scale */
  #top(most) {
    const stated = this.figures.flatMap(({ low, best, high }) => [low, best, high]);
    return 1.08 * Math.max(1, most ?? 0, ...stated.filter((value) => !Number.isNaN(value)));
  }

  /** @param {number[]} ticks seconds @returns {string[]} month, with the year where it changes */
  #dates(ticks) {
    const locale = this.words.lang === "en" ? "en-GB" : this.words.lang;
    const short = ticks.length > 1 && ticks[1] - ticks[0] < 20 * 86_400;
    const format = new Intl.DateTimeFormat(locale, {
      timeZone: "UTC",
      month: "short",
      ...(short ? { day: "numeric" } : {}),
    });
    let year = 0;
    return ticks.map((tick) => {
      const date = new Date(tick * 1e3);
      const label = format.format(date);
      const changed = date.getUTCFullYear() !== year;
      year = date.getUTCFullYear();
      return changed ? `${label} ${year}` : label;
    });
  }

  /** @param {uPlot} plot */
  #marks(plot) {
    const { ctx, bbox } = plot;
    const ratio = uPlot.pxRatio;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top - 6 * ratio, bbox.width, bbox.height + 6 * ratio);
    ctx.clip();
    this.#window(plot, ctx, ratio);
    ctx.strokeStyle = color("--figure");
    ctx.lineWidth = 1.3 * ratio;
    ctx.setLineDash([]);
    for (const figure of this.figures) this.#figure(plot, ctx, ratio, figure);
    ctx.restore();
  }

  /**
   * Shade what lies outside the window, and mark the day that the map shows.
   * @param {uPlot} plot
   * @param {CanvasRenderingContext2D} ctx
   * @param {number} ratio
   */
  #window(plot, ctx, ratio) {
    const { left, top, width, height } = plot.bbox;
    const { from, to } = this.state.now;
    const [a, b] = [from, to].map((minute) => plot.valToPos(minute * 60, "x", true));
    ctx.fillStyle = color("--shade");
    ctx.fillRect(left, top, Math.max(0, a - left), height);
    ctx.fillRect(b, top, Math.max(0, left + width - b), height);
    ctx.strokeStyle = color("--ink");
    ctx.lineWidth = ratio;
    ctx.beginPath();
    ctx.moveTo(b, top - 6 * ratio);
    ctx.lineTo(b, top + height);
    ctx.stroke();
    const estimate = this.estimates.at(this.state.now.area, to);
    if (!estimate) return;
    ctx.fillStyle = color("--estimate");
    ctx.beginPath();
    ctx.arc(b, plot.valToPos(estimate.p50, "y", true), 3.5 * ratio, 0, 2 * Math.PI);
    ctx.fill();
  }

  /**
   * @param {uPlot} plot
   * @param {CanvasRenderingContext2D} ctx
   * @param {number} ratio
   * @param {import("./estimates.js").Figure} figure
   */
  #figure(plot, ctx, ratio, { day, low, best, high }) {
    const x = plot.valToPos((day + 0.5) * 86_400, "x", true);
    const y = (/** @type {number} */ value) => plot.valToPos(value, "y", true);
    const open = [low, high].map(Number.isNaN);
    const middle = Number.isNaN(best) ? (open[0] ? high : low) : best;
    if (!open[0] && !open[1] && low !== high) bar(ctx, x, y(low), y(high), 2.5 * ratio);
    else if (open[0] !== open[1]) arrow(ctx, x, y(open[0] ? high : low), open[0] ? 1 : -1, ratio);
    if (Number.isNaN(best) && (open[0] !== open[1] || low !== high)) return;
    ctx.beginPath();
    ctx.arc(x, y(middle), 2.8 * ratio, 0, 2 * Math.PI);
    ctx.fillStyle = color("--panel");
    ctx.fill();
    ctx.stroke();
  }

  /** @param {PointerEvent} event */
  #hover(event) {
    const plot = this.plot;
    if (!plot) return;
    const { left, top } = plot.over.getBoundingClientRect();
    const [px, py] = [event.clientX - left, event.clientY - top];
    const near = this.figures
      .map((figure) => ({ figure, gap: this.#gap(plot, figure, px, py) }))
      .sort((a, b) => a.gap - b.gap)[0];
    const text = near?.gap < 9 ? near.figure.label : this.#reading(plot, px);
    this.tip.textContent = text;
    this.tip.hidden = !text;
    const box = this.box.getBoundingClientRect();
    this.tip.style.left = `${Math.min(event.clientX - box.left, box.width - 180)}px`;
    this.tip.style.top = `${event.clientY - box.top}px`;
  }

  /**
   * @param {uPlot} plot
   * @param {import("./estimates.js").Figure} figure
   * @param {number} px
   * @param {number} py
   * @returns {number} CSS pixels
   */
  #gap(plot, { day, low, best, high }, px, py) {
    const ys = [low, best, high].filter((v) => !Number.isNaN(v)).map((v) => plot.valToPos(v, "y"));
    const dx = plot.valToPos((day + 0.5) * 86_400, "x") - px;
    const dy = Math.max(Math.min(...ys) - py, py - Math.max(...ys), 0);
    return Math.hypot(dx, dy);
  }

  /**
   * @param {uPlot} plot
   * @param {number} px
   * @returns {string} day, median and 90 % interval below the pointer
   */
  #reading(plot, px) {
    const minute = plot.posToVal(px, "x") / 60;
    const estimate = this.estimates.at(this.state.now.area, minute);
    const { words } = this;
    const said = coverageAt(this.estimates, this.state.now, Math.floor(minute / DAY), words);
    if (!estimate) return said;
    const range = words.range(estimate.p05, estimate.p95);
    return `${words.day(minute)}: ${words.rough(estimate.p50)} (${range}, 90 %)${said && `; ${said}`}`;
  }

  /** @returns {string} the estimate on the day that the map shows */
  get summary() {
    const { area, to } = this.state.now;
    const estimate = this.estimates.at(area, to);
    const { words } = this;
    if (!estimate) return words.say("noEstimate");
    return `${words.rough(estimate.p50)} (${words.range(estimate.p05, estimate.p95)})`;
  }
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y0
 * @param {number} y1
 * @param {number} cap
 */
function bar(ctx, x, y0, y1, cap) {
  ctx.beginPath();
  ctx.moveTo(x, y0);
  ctx.lineTo(x, y1);
  for (const y of [y0, y1]) {
    ctx.moveTo(x - cap, y);
    ctx.lineTo(x + cap, y);
  }
  ctx.stroke();
}

/**
 * A bound that is open on one side: a bar with an arrow to where the number may lie.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y
 * @param {number} way 1 down, -1 up
 * @param {number} ratio
 */
function arrow(ctx, x, y, way, ratio) {
  const tip = y + way * 9 * ratio;
  ctx.beginPath();
  ctx.moveTo(x - 2.5 * ratio, y);
  ctx.lineTo(x + 2.5 * ratio, y);
  ctx.moveTo(x, y);
  ctx.lineTo(x, tip);
  ctx.moveTo(x - 2.5 * ratio, tip - way * 3 * ratio);
  ctx.lineTo(x, tip);
  ctx.lineTo(x + 2.5 * ratio, tip - way * 3 * ratio);
  ctx.stroke();
}

/**
 * Count items per bin of time, for the strip below the chart.
 * @param {import("./dataset.js").Dataset[]} datasets
 * @param {[number, number]} extent
 * @param {number} bins
 * @returns {Uint32Array}
 */
export function histogram(datasets, [first, last], bins) {
  const counts = new Uint32Array(bins);
  const width = (last - first + 1) / bins;
  for (const { from, passes, dated } of datasets) {
    const start = lowerBound(from, first, dated);
    for (let i = start; i < dated && from[i] <= last; i++) {
      if (passes[i]) counts[Math.floor((from[i] - first) / width)]++;
    }
  }
  return counts;
}
