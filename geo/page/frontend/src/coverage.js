/** Draw behind the estimate how much was said, where nobody spoke, and where it grows or shrinks. */

import uPlot from "uplot";
import { color } from "./dom.js";
import { upperBound } from "./search.js";

const DAY_S = 86_400;
const DAY = 1440;
/** Height of the strip of bars at the foot of the chart, CSS pixels, and the claims that fill it. */
const STRIP_PX = 16;
const FULL_CLAIMS = 8;
const GROWS = 1;

/**
 * @param {uPlot} plot
 * @param {import("./estimates.js").Estimates} estimates
 * @param {{ area: number, knownBy: number }} now
 */
export function drawBackground(plot, estimates, now) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  regimes(plot, estimates.series[now.area]);
  for (const gap of known(estimates.breaks, now)) {
    const [a, b] = ends(plot, gap);
    ctx.fillStyle = hatch(ctx);
    ctx.fillRect(a, bbox.top, b - a, bbox.height);
  }
  for (const period of known(estimates.effort, now)) bar(plot, period);
  ctx.restore();
}

/**
 * Say what a reader has to know of the coverage on a day.
 * @param {import("./estimates.js").Estimates} estimates
 * @param {{ area: number, knownBy: number }} now
 * @param {number} day
 * @param {import("./words.js").Words} words
 * @returns {string} empty where there is nothing to say
 */
export function coverageAt(estimates, now, day, words) {
  const within = (/** @type {import("./estimates.js").Period} */ period) => period.from <= day && day <= period.until;
  const gap = known(estimates.breaks, now).find(within);
  if (gap) return words.say("break", { from: words.day(gap.from * DAY), to: words.day(gap.until * DAY) });
  const spoken = known(estimates.effort, now).find(within);
  const series = estimates.series[now.area];
  const at = series ? upperBound(series.day, day) - 1 : -1;
  const regime = at >= 0 ? ["", words.say("growing"), words.say("shrinking")][series.regime[at]] : "";
  const effort = spoken ? words.say("effort", { n: words.number(spoken.claims), sources: words.number(spoken.sources) }) : "";
  return [regime, effort].filter(Boolean).join("; ");
}

/**
 * Periods of the area that lie before the day of knowledge.
 * @param {import("./estimates.js").Period[]} periods
 * @param {{ area: number, knownBy: number }} now
 */
function known(periods, { area, knownBy }) {
  return periods.filter((period) => period.area === area && period.from * DAY <= knownBy);
}

/**
 * @param {uPlot} plot
 * @param {{ from: number, until: number }} days
 */
function ends(plot, { from, until }) {
  return [from, until + 1].map((day) => plot.valToPos(day * DAY_S, "x", true));
}

/**
 * @param {uPlot} plot
 * @param {import("./estimates.js").Series | undefined} series
 */
function regimes({ ctx, bbox, valToPos }, series) {
  if (!series) return;
  const { day, regime } = series;
  for (let i = 0, end = 0; i < day.length; i = end) {
    for (end = i + 1; end < day.length && regime[end] === regime[i]; end++);
    if (!regime[i]) continue;
    const until = day[end] ?? day[end - 1] + 1;
    const [a, b] = [day[i], until].map((one) => valToPos(one * DAY_S, "x", true));
    ctx.fillStyle = color(regime[i] === GROWS ? "--growing" : "--shrinking");
    ctx.fillRect(a, bbox.top, b - a, bbox.height);
  }
}

/**
 * @param {uPlot} plot
 * @param {import("./estimates.js").Period} period
 */
function bar(plot, period) {
  const { ctx, bbox } = plot;
  const [a, b] = ends(plot, period);
  const full = STRIP_PX * uPlot.pxRatio;
  const width = Math.max(1, b - a - uPlot.pxRatio);
  const most = (/** @type {number} */ count) => full * Math.min(1, count / FULL_CLAIMS);
  ctx.fillStyle = color("--effort");
  ctx.fillRect(a, bbox.top + bbox.height - most(period.claims), width, most(period.claims));
  ctx.fillStyle = color("--muted");
  ctx.fillRect(a, bbox.top + bbox.height - most(period.sources), width, most(period.sources));
}

/** @param {CanvasRenderingContext2D} ctx @returns {CanvasPattern | string} */
function hatch(ctx) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const pen = tile.getContext("2d");
  if (!pen) return "transparent";
  pen.strokeStyle = color("--effort");
  pen.beginPath();
  for (const shift of [-8, 0, 8]) {
    pen.moveTo(shift, 8);
    pen.lineTo(shift + 8, 0);
  }
  pen.stroke();
  return ctx.createPattern(tile, "repeat") ?? "transparent";
}
