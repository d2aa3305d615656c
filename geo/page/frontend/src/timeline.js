/** Let the reader choose the time window: two handles, a bar to drag, play, and a strip of counts. */

import { el, color } from "./dom.js";
import { GUTTER_PX, RIGHT_PX, histogram } from "./chart.js";

const DAY = 1440;
const PLAY_SECONDS = 24;
const STRIP_BIN_PX = 4;

export class Timeline {
  /**
   * @param {import("./state.js").State} state
   * @param {import("./words.js").Words} words
   * @param {import("./dataset.js").Dataset[]} datasets
   * @param {[number, number]} extent first and last minute, whole days
   */
  constructor(state, words, datasets, extent) {
    this.state = state;
    this.words = words;
    this.datasets = datasets;
    this.first = Math.floor(extent[0] / DAY);
    this.last = Math.max(this.first + 1, Math.floor(extent[1] / DAY));
    this.playing = 0;
    this.strip = el("canvas", { className: "tm-strip", "aria-hidden": "true" });
    this.start = this.#handle("windowFrom");
    this.end = this.#handle("windowTo");
    this.bar = el("div", { className: "tm-bar" });
    this.rail = el("div", { className: "tm-rail" }, this.bar, this.start, this.end);
    this.rail.style.marginLeft = `${GUTTER_PX}px`;
    this.rail.style.marginRight = `${RIGHT_PX}px`;
    this.strip.style.marginLeft = `${GUTTER_PX}px`;
    this.play = el(
      "button",
      { type: "button", className: "tm-play", on: { click: () => this.toggle() } },
      "▶",
    );
    this.output = el("output", { className: "tm-window" });
    this.presets = el("div", { className: "tm-presets" }, ...[7, 30, 90, 0].map((days) => this.#preset(days)));
    this.#drag();
    state.on(["time"], () => this.sync());
    state.on(["filter", "theme"], () => this.paintStrip());
    new ResizeObserver(() => this.paintStrip()).observe(this.rail);
    this.#label();
  }

  /** @param {string} label */
  #handle(label) {
    const moved = () => this.#moved();
    return el("input", {
      type: "range",
      min: this.first,
      max: this.last,
      step: 1,
      "aria-label": this.words.say(label),
      on: { input: moved },
    });
  }

  /** @param {number} days */
  #preset(days) {
    const text = days ? this.words.say("days", { n: days }) : this.words.say("all");
    const choose = () => {
      const end = days ? Math.floor(this.state.now.to / DAY) : this.last;
      this.choose(days ? Math.max(this.first, end - days + 1) : this.first, end);
    };
    return el("button", { type: "button", on: { click: choose } }, text);
  }

  #moved() {
    const [a, b] = [Number(this.start.value), Number(this.end.value)];
    this.choose(Math.min(a, b), Math.max(a, b));
  }

  /**
   * @param {number} from day
   * @param {number} to day, included
   */
  choose(from, to) {
    this.state.set("time", { from: from * DAY, to: (to + 1) * DAY - 1 });
  }

  /** @param {number} days later, or earlier where negative; the length stays */
  shift(days) {
    const [from, to] = this.days;
    const by = Math.max(this.first - from, Math.min(this.last - to, days));
    this.choose(from + by, to + by);
  }

  /** @returns {[number, number]} first and last day of the window */
  get days() {
    const { from, to } = this.state.now;
    const clamp = (/** @type {number} */ day) => Math.max(this.first, Math.min(this.last, day));
    return [clamp(Math.floor(from / DAY)), clamp(Math.floor(to / DAY))];
  }

  /** Show the window that is chosen. */
  sync() {
    const [from, to] = this.days;
    const span = this.last - this.first;
    this.start.value = String(from);
    this.end.value = String(to);
    this.start.setAttribute("aria-valuetext", this.words.day(from * DAY));
    this.end.setAttribute("aria-valuetext", this.words.day(to * DAY));
    this.bar.style.left = `${(100 * (from - this.first)) / span}%`;
    this.bar.style.right = `${(100 * (this.last - to)) / span}%`;
    this.output.textContent = `${this.words.day(from * DAY)} – ${this.words.day(to * DAY)}`;
  }

  toggle() {
    if (this.playing) {
      cancelAnimationFrame(this.playing);
      this.playing = 0;
    } else {
      this.#start();
    }
    this.#label();
  }

  #start() {
    const [from, to] = this.days;
    const whole = to - from >= this.last - this.first;
    const length = whole ? Math.max(1, Math.min(30, Math.round((this.last - this.first) / 8))) : to - from;
    let day = to >= this.last ? this.first + length : to;
    let before = performance.now();
    const step = (/** @type {number} */ now) => {
      day += ((this.last - this.first) * (now - before)) / (PLAY_SECONDS * 1e3);
      before = now;
      const end = Math.min(this.last, Math.floor(day));
      this.choose(Math.max(this.first, end - length), end);
      this.playing = end < this.last ? requestAnimationFrame(step) : 0;
      if (!this.playing) this.#label();
    };
    this.playing = requestAnimationFrame(step);
  }

  #label() {
    this.play.textContent = this.playing ? "❚❚" : "▶";
    this.play.setAttribute("aria-label", this.words.say(this.playing ? "pause" : "play"));
  }

  #drag() {
    /** @type {{ x: number, days: [number, number] } | null} */
    let grip = null;
    this.bar.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
      grip = { x: event.clientX, days: this.days };
      this.bar.setPointerCapture(event.pointerId);
    });
    this.bar.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
      if (!grip) return;
      const perPixel = (this.last - this.first) / this.rail.clientWidth;
      const moved = Math.round((event.clientX - grip.x) * perPixel);
      const by = Math.max(this.first - grip.days[0], Math.min(this.last - grip.days[1], moved));
      this.choose(grip.days[0] + by, grip.days[1] + by);
    });
    this.bar.addEventListener("lostpointercapture", () => (grip = null));
  }

  /** Paint how many items there are over time, whatever the window. */
  paintStrip() {
    const wide = this.rail.clientWidth;
    if (!wide) return;
    const ratio = window.devicePixelRatio || 1;
    const high = 16;
    Object.assign(this.strip, { width: wide * ratio, height: high * ratio });
    Object.assign(this.strip.style, { width: `${wide}px`, height: `${high}px` });
    const bins = Math.max(1, Math.min(Math.floor(wide / STRIP_BIN_PX), this.last - this.first + 1));
    const counts = histogram(this.datasets, [this.first * DAY, (this.last + 1) * DAY - 1], bins);
    const most = Math.max(1, ...counts);
    const pen = /** @type {CanvasRenderingContext2D} */ (this.strip.getContext("2d"));
    pen.scale(ratio, ratio);
    pen.fillStyle = color("--strip");
    counts.forEach((count, i) => {
      const tall = count ? Math.max(1, (high - 1) * Math.sqrt(count / most)) : 0;
      pen.fillRect((i * wide) / bins, high - tall, Math.max(1, wide / bins - 1), tall);
    });
  }
}
