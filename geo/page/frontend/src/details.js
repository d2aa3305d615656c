/** Show one item with the words behind it: a panel at the side, a sheet from below on a phone. */

import { MISSING } from "./dataset.js";
import { el, link } from "./dom.js";
import { address } from "./sprite.js";

/** @typedef {import("./pointer.js").Hit} Hit */

export class Details {
  /**
   * @param {Map<string, import("./pointer.js").Mark>} marks
   * @param {import("./state.js").State} state
   * @param {import("./words.js").Words} words
   */
  constructor(marks, state, words) {
    this.marks = marks;
    this.state = state;
    this.words = words;
    /** @type {Hit[]} */
    this.hits = [];
    this.at = 0;
    /** @type {Element | null} what had the focus before the panel opened */
    this.before = null;
    this.body = el("div", { className: "tm-detail-body" });
    this.count = el("span", { className: "tm-detail-count" });
    const step = (/** @type {number} */ by) => () => this.#go(this.at + by);
    this.back = this.#button("‹", "previous", step(-1));
    this.forth = this.#button("›", "next", step(1));
    const close = this.#button("×", "close", () => this.close());
    this.panel = el(
      "aside",
      { id: "tm-detail", hidden: true, tabIndex: -1, "aria-label": words.say("detailLabel") },
      el("div", { className: "tm-detail-bar" }, this.back, this.count, this.forth, close),
      this.body,
    );
    this.panel.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "ArrowRight") this.#go(this.at + 1);
      if (event.key === "ArrowLeft") this.#go(this.at - 1);
    });
  }

  /**
   * @param {string} text
   * @param {string} label
   * @param {() => void} click
   */
  #button(text, label, click) {
    return el("button", { type: "button", "aria-label": this.words.say(label), on: { click } }, text);
  }

  /** @param {Hit[]} hits the first is shown */
  async open(hits) {
    if (!hits.length) {
      this.close();
      return;
    }
    this.hits = hits;
    if (this.panel.hidden) this.before = document.activeElement;
    await this.#go(0);
    this.panel.focus({ preventScroll: true });
  }

  close() {
    const within = this.panel.contains(document.activeElement);
    this.panel.hidden = true;
    if (within && this.before instanceof HTMLElement) this.before.focus({ preventScroll: true });
    this.state.set("select", { selected: null });
  }

  /** @param {number} at */
  async #go(at) {
    if (at < 0 || at >= this.hits.length) return;
    this.at = at;
    const hit = this.hits[at];
    this.state.set("select", { selected: hit });
    const content = await this.#content(hit);
    if (this.hits[this.at] !== hit) return;
    this.body.replaceChildren(...content);
    this.body.scrollTop = 0;
    const many = this.hits.length > 1;
    this.count.textContent = many ? this.words.say("of", { i: at + 1, n: this.hits.length }) : "";
    this.back.hidden = this.forth.hidden = !many;
    this.back.disabled = at === 0;
    this.forth.disabled = at === this.hits.length - 1;
    this.panel.hidden = false;
  }

  /** @param {Hit} hit @returns {Promise<Node[]>} */
  async #content({ layer, item }) {
    const mark = /** @type {import("./pointer.js").Mark} */ (this.marks.get(layer));
    const { dataset } = mark;
    const { texts } = await dataset.texts();
    const word = (/** @type {string} */ name) => texts[name].words[texts[name].codes[item]];
    const rows = el("dl");
    // Where the layer words a fact itself, its wording stands.
    const worded = new Set(dataset.spec.details.map(({ label }) => label));
    for (const [label, value] of this.#facts(mark, item)) {
      if (!worded.has(label)) row(rows, label, value);
    }
    for (const { label, column } of dataset.spec.details) {
      if (word(column)) row(rows, label, link(word(column), word(column)));
    }
    const source = word("link") && link(word("link"), `${this.words.say("openSource")} ↗`);
    if (source) row(rows, this.words.say("source"), source);
    const quote = word("quote");
    return [
      ...this.#symbol(dataset, item),
      el("h2", { dir: "auto" }, word("title") || dataset.spec.name),
      ...(quote ? [el("blockquote", { dir: "auto" }, quote)] : []),
      rows,
    ];
  }

  /**
   * @param {import("./dataset.js").Dataset} dataset
   * @param {number} item
   * @returns {Node[]} the map symbol, where there is one
   */
  #symbol({ spec, table }, item) {
    const column = table.texts.symbol;
    const picture = column && spec.symbols?.[column.words[column.codes[item]]];
    return picture ? [el("img", { className: "tm-symbol", src: address(picture), alt: "" })] : [];
  }

  /**
   * @param {import("./pointer.js").Mark} mark
   * @param {number} item
   * @returns {[string, string][]}
   */
  #facts({ dataset }, item) {
    const { words } = this;
    const { categories } = dataset.spec;
    const { radius_km: radii, size_low: low, size_best: best, size_high: high } = dataset.table.numbers;
    /** @type {[string, string][]} */
    const facts = [
      [words.say("seen"), item < dataset.dated ? words.span(dataset.from[item], dataset.to[item]) : words.say("noDate")],
    ];
    const category = categories[dataset.category[item]].label;
    if (category) facts.push([words.say("category"), category]);
    facts.push([words.say("certainty"), words.say(["observed", "inferred", "planned"][dataset.certainty[item]])]);
    if (radii) {
      const km = radii[item];
      const text = Number.isNaN(km) ? "radiusUnknown" : "within";
      facts.push([words.say("radius"), words.say(text, { km: words.short(km) })]);
    }
    if (best) facts.push([words.say("size"), this.#size(low[item], best[item], high[item], dataset.spec.sizeUnit ?? "")]);
    if (dataset.known[item] !== MISSING) facts.push([words.say("known"), words.day(dataset.known[item])]);
    return facts;
  }

  /**
   * @param {number} low
   * @param {number} best
   * @param {number} high
   * @param {string} unit
   * @returns {string}
   */
  #size(low, best, high, unit) {
    const { words } = this;
    const stated = [low, high].map((value) => !Number.isNaN(value));
    if (stated[0] && stated[1] && low !== high) return `${words.number(low)}–${words.number(high)} ${unit}`;
    if (!Number.isNaN(best)) return `${words.number(best)} ${unit}`;
    if (stated[0]) return `≥ ${words.number(low)} ${unit}`;
    return stated[1] ? `≤ ${words.number(high)} ${unit}` : words.say("notStated");
  }
}

/**
 * @param {HTMLElement} list
 * @param {string} label
 * @param {Node | string} value
 */
function row(list, label, value) {
  list.append(el("dt", {}, label), el("dd", { dir: "auto" }, value));
}
