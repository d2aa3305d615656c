/** Build the section of time: area and reading, chart, strip, handles, play. */

import { Chart } from "./chart.js";
import { el } from "./dom.js";
import { extent } from "./model.js";
import { Timeline } from "./timeline.js";

/** @typedef {import("./assemble.js").Page} Page */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./words.js").Words} Words */

/**
 * @param {Page} page
 * @param {import("./dataset.js").Dataset[]} datasets
 */
export function timeSection({ words, state, model }, datasets) {
  const section = /** @type {HTMLElement} */ (document.getElementById("tm-time"));
  section.setAttribute("aria-label", words.say("timeLabel"));
  const span = extent(model);
  if (!span) {
    section.hidden = true;
    return { timeline: null };
  }
  const timeline = new Timeline(state, words, datasets, span);
  const { estimates } = model;
  if (estimates?.areas.length) {
    const box = el("div", { className: "tm-chart" });
    const chart = new Chart(box, estimates, state, words, span);
    section.append(chartHead(state, words, estimates, chart), box);
    chart.build();
  }
  section.append(
    timeline.strip,
    timeline.rail,
    el("div", { className: "tm-controls" }, timeline.play, timeline.output, timeline.presets),
  );
  timeline.sync();
  timeline.paintStrip();
  return { timeline };
}

/**
 * @param {State} state
 * @param {Words} words
 * @param {import("./estimates.js").Estimates} estimates
 * @param {Chart} chart
 */
function chartHead(state, words, estimates, chart) {
  const options = estimates.areas.map(({ name }, value) => el("option", { value }, name));
  const choose = el("select", { "aria-label": words.say("area") }, ...options);
  choose.addEventListener("change", () => state.set("area", { area: Number(choose.value) }));
  const value = el("strong");
  const day = el("span", { className: "tm-muted" });
  const update = () => {
    choose.value = String(state.now.area);
    value.textContent = chart.summary;
    day.textContent = words.say("on", { date: words.day(state.now.to) });
  };
  state.on(["time", "area", "filter"], update);
  update();
  const key = el("span", { className: "tm-chart-key tm-muted" });
  for (const name of ["median", "interval50", "interval90", "published"]) {
    key.append(el("span", { className: `tm-key-${name}` }, words.say(name)));
  }
  const unit = el("span", { className: "tm-muted" }, estimates.spec.unit);
  return el("div", { className: "tm-chart-head" }, choose, value, unit, day, key);
}
