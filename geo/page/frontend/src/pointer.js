/** Find what lies under the pointer, show it on hover, select it on click. */

/** @import L from "leaflet" */
import { CanvasLayer } from "./canvas_layer.js";
import { el } from "./dom.js";
import { worldX, worldY } from "./mercator.js";

const REACH_PX = 8;
const REACH_TOUCH_PX = 16;

/** @typedef {import("./points.js").Points | import("./arrows.js").Arrows | import("./zones.js").Zones} Mark */
/** @typedef {{ layer: string, item: number }} Hit */

export class Pointer {
  /**
   * @param {L.Map} map
   * @param {Map<string, Mark>} marks
   * @param {import("./rings.js").Rings | null} rings
   * @param {import("./state.js").State} state
   * @param {(hits: Hit[], at: L.LatLng) => void} show
   */
  constructor(map, marks, rings, state, show) {
    this.map = map;
    this.marks = marks;
    this.rings = rings;
    this.state = state;
    this.show = show;
    /** @type {Hit | null} */
    this.hovered = null;
    this.tip = el("div", { className: "tm-tip", hidden: true });
    map.getContainer().append(this.tip);
    this.layer = new CanvasLayer("tm-focus", 445, (frame) => this.paint(frame));
    map.on("click", (event) => this.#click(event));
    map.on("mousemove", (event) => this.#move(event));
    map.on("mouseout movestart zoomstart", () => this.#hover(null));
    state.on(["select", "theme", "layers", "filter"], () => this.layer.repaint());
  }

  /** @param {import("./canvas_layer.js").Frame} frame */
  paint(frame) {
    for (const hit of [this.state.now.selected, this.hovered]) {
      if (hit) this.marks.get(hit.layer)?.highlight(frame, hit.item);
    }
  }

  /**
   * @param {L.LatLng} at
   * @param {number} reachPx
   * @returns {Hit[]}
   */
  hits(at, reachPx) {
    const [x, y] = [worldX(at.lng), worldY(at.lat)];
    const reach = reachPx / 2 ** this.map.getZoom();
    const order = ["points", "arrows", "zones"];
    return [...this.marks]
      .filter(([key]) => !this.state.now.hidden.has(key))
      .sort((a, b) => order.indexOf(a[1].dataset.spec.mark) - order.indexOf(b[1].dataset.spec.mark))
      .flatMap(([layer, mark]) => mark.at(x, y, reach).map((item) => ({ layer, item })));
  }

  /** @param {L.LeafletMouseEvent} event */
  #click(event) {
    this.#hover(null);
    const touch = /** @type {any} */ (event.originalEvent).pointerType === "touch";
    const hits = this.hits(event.latlng, touch ? REACH_TOUCH_PX : REACH_PX);
    const exact = hits.some(({ layer }) => this.marks.get(layer)?.dataset.spec.mark !== "zones");
    if (!exact && this.rings && !this.state.now.hidden.has(this.rings.estimates.spec.key)) {
      const { lng, lat } = event.latlng;
      const area = this.rings.at(worldX(lng), worldY(lat), this.map.getZoom());
      if (area >= 0) this.state.set("area", { area });
    }
    this.show(hits, event.latlng);
  }

  /** @param {L.LeafletMouseEvent} event */
  #move(event) {
    if (this.pending) return;
    this.pending = requestAnimationFrame(() => {
      this.pending = 0;
      const [hit] = this.hits(event.latlng, REACH_PX);
      this.#hover(hit ?? null, event.containerPoint);
    });
  }

  /**
   * @param {Hit | null} hit
   * @param {L.Point} [at]
   */
  #hover(hit, at) {
    const same = hit?.layer === this.hovered?.layer && hit?.item === this.hovered?.item;
    if (at && hit) Object.assign(this.tip.style, { left: `${at.x}px`, top: `${at.y}px` });
    if (same) return;
    this.hovered = hit;
    this.layer.repaint();
    this.map.getContainer().classList.toggle("tm-on-item", hit !== null);
    this.tip.hidden = true;
    if (hit) this.#title(hit);
  }

  /** @param {Hit} hit */
  async #title(hit) {
    const dataset = this.marks.get(hit.layer)?.dataset;
    const title = (await dataset?.texts())?.texts.title;
    const { selected } = this.state.now;
    const open = selected?.layer === hit.layer && selected.item === hit.item;
    if (this.hovered !== hit || !title || open) return;
    const text = title.words[title.codes[hit.item]];
    this.tip.textContent = text;
    this.tip.hidden = !text;
  }
}
