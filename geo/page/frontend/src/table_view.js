/** List what is in the window: the accessible twin of the map, and the place to export it. */

import { download, el, link } from "./dom.js";
import { csv, geojson, records } from "./export.js";
import { QUANTILES } from "./estimates.js";
import { isoDay } from "./iso.js";

const DAY = 1440;
const ROWS_AT_ONCE = 200;

/** @typedef {{ columns: string[], rows: (string | number | null)[][], links?: number }} Sheet */

export class TableView {
  /**
   * @param {Map<string, import("./pointer.js").Mark>} marks
   * @param {import("./estimates.js").Estimates | null} estimates
   * @param {import("./state.js").State} state
   * @param {import("./words.js").Words} words
   * @param {(layer: string, item: number) => void} open
   */
  constructor(marks, estimates, state, words, open) {
    this.marks = marks;
    this.estimates = estimates;
    this.state = state;
    this.words = words;
    this.open = open;
    this.rows = ROWS_AT_ONCE;
    /** @type {(visible: boolean) => void} */
    this.onToggle = () => {};
    const points = [...marks].find(([, mark]) => mark.dataset.spec.mark === "points");
    this.tab = points?.[0] ?? [...marks.keys()][0] ?? estimates?.spec.key ?? "";
    this.tabs = el("div", { className: "tm-tabs" });
    this.body = el("div", { className: "tm-table-body", tabIndex: 0, role: "region", "aria-label": words.say("table") });
    this.panel = el("section", { id: "tm-table", hidden: true, "aria-label": words.say("table") }, this.tabs, this.body);
    state.on(["time", "filter", "area"], () => this.refresh());
  }

  /** @param {boolean} visible */
  show(visible) {
    this.panel.hidden = !visible;
    this.onToggle(visible);
    if (visible) this.refresh();
  }

  refresh() {
    if (this.panel.hidden || this.request) return;
    this.request = requestAnimationFrame(async () => {
      this.request = 0;
      this.#tabs();
      const mark = this.marks.get(this.tab);
      if (mark) await this.#items(mark);
      else this.#estimates();
    });
  }

  #tabs() {
    const entries = [...this.marks].map(([key, mark]) => [key, mark.dataset.spec.name]);
    if (this.estimates) entries.push([this.estimates.spec.key, this.estimates.spec.name]);
    this.tabs.replaceChildren(
      ...entries.map(([key, name]) => {
        const choose = () => {
          this.tab = key;
          this.rows = ROWS_AT_ONCE;
          this.refresh();
        };
        return el("button", { type: "button", "aria-pressed": String(key === this.tab), on: { click: choose } }, name);
      }),
      el("span", { className: "tm-space" }),
      ...(this.marks.has(this.tab) ? this.#exports() : this.#estimatesExport()),
    );
  }

  #exports() {
    const save = (/** @type {"csv" | "geojson"} */ kind) => async () => {
      const mark = this.marks.get(this.tab);
      if (!mark) return;
      const list = await records(mark, mark.dataset.shown());
      const blob = kind === "csv" ? csv(list) : geojson(list);
      download(`${this.tab}.${kind}`, blob);
    };
    return /** @type {const} */ (["csv", "geojson"]).map((kind) =>
      el("button", { type: "button", data: { save: kind }, on: { click: save(kind) } }, `↓ ${this.words.say(kind)}`),
    );
  }

  #estimatesExport() {
    const save = () => {
      const list = this.#days().map((row) => ({ properties: row, geometry: {} }));
      download(`${this.tab}.csv`, csv(list));
    };
    const text = `↓ ${this.words.say("csv")}`;
    return [el("button", { type: "button", data: { save: "csv" }, on: { click: save } }, text)];
  }

  /** @returns {Record<string, string | number | null>[]} estimates of the area in the window, the last first */
  #days() {
    const { area, from, to } = this.state.now;
    const series = this.estimates?.series[area];
    if (!series || !this.estimates) return [];
    const { spec, areas } = this.estimates;
    const inside = [...series.day.keys()].filter((at) => series.day[at] * DAY <= to && (series.day[at] + 1) * DAY > from);
    return inside.reverse().map((at) => ({
      area: areas[area].id,
      date: isoDay(series.day[at] * DAY),
      unit: spec.unit,
      ...Object.fromEntries(QUANTILES.map((name) => [name, Math.round(series[name][at])])),
    }));
  }

  /** @param {import("./pointer.js").Mark} mark */
  async #items(mark) {
    const { dataset } = mark;
    const shown = dataset.shown();
    const { texts } = await dataset.texts();
    const { words } = this;
    const word = (/** @type {string} */ name, /** @type {number} */ i) => texts[name].words[texts[name].codes[i]];
    const own = ["seen", "title", "category", "certainty"].map((word) => words.say(word));
    const extra = dataset.spec.details.filter(({ label }) => !own.includes(label));
    const columns = [...own, ...extra.map(({ label }) => label), words.say("source")];
    const rows = shown.slice(0, this.rows).map((i) => {
      const when = i < dataset.dated ? words.span(dataset.from[i], dataset.to[i]) : words.say("noDate");
      const title = el("button", { type: "button", className: "tm-open", on: { click: () => this.open(dataset.spec.key, i) } }, word("title", i) || word("id", i));
      const details = extra.map(({ column }) => word(column, i));
      const category = dataset.spec.categories[dataset.category[i]].label;
      const certainty = words.say(["observed", "inferred", "planned"][dataset.certainty[i]]);
      return [when, title, category, certainty, ...details, word("link", i) ? link(word("link", i), "↗") : ""];
    });
    this.#fill(columns, rows, shown.length);
  }

  #estimates() {
    const { words, estimates } = this;
    if (!estimates) return;
    const { area } = this.state.now;
    const columns = [words.say("date"), "5 %", "25 %", words.say("median"), "75 %", "95 %", words.say("published")];
    const rows = this.#days().map((row) => {
      const day = Date.parse(String(row.date)) / 86_400_000;
      const figures = estimates.figures.filter((figure) => figure.area === area && figure.day === day);
      return [
        words.day(day * DAY),
        ...QUANTILES.map((name) => words.number(Number(row[name]))),
        figures.map((figure) => figure.label).join("; "),
      ];
    });
    const caption = `${estimates.areas[area]?.name ?? ""}, ${estimates.spec.unit}`;
    this.#fill(columns, rows.slice(0, this.rows), rows.length, caption);
  }

  /**
   * @param {string[]} columns
   * @param {(string | Node)[][]} rows
   * @param {number} total
   * @param {string} [title]
   */
  #fill(columns, rows, total, title = "") {
    const { words } = this;
    if (!rows.length) {
      this.body.replaceChildren(el("p", { className: "tm-empty" }, words.say("nothing")));
      return;
    }
    const head = el("tr", {}, ...columns.map((name) => el("th", { scope: "col" }, name)));
    const lines = rows.map((cells) => el("tr", {}, ...cells.map((cell, at) => el("td", { dir: "auto", data: { label: columns[at] } }, cell))));
    const caption = [title, words.say("rows", { n: words.number(total) })].filter(Boolean).join(" · ");
    const table = el("table", {}, el("caption", {}, caption), el("thead", {}, head), el("tbody", {}, ...lines));
    this.body.replaceChildren(table);
    if (total > rows.length) {
      const more = () => {
        this.rows += ROWS_AT_ONCE * 5;
        this.refresh();
      };
      this.body.append(el("button", { type: "button", className: "tm-more", on: { click: more } }, words.say("more")));
    }
  }
}
