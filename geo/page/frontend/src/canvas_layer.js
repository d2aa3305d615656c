/** A canvas over the map, larger than the view, repainted only when the view leaves it. */

import L from "leaflet";

/**
 * What a painter draws on. A world position is at `x * scale - left`, `y * scale - top`.
 * @typedef {object} Frame
 * @property {CanvasRenderingContext2D} context
 * @property {number} width device pixels
 * @property {number} height device pixels
 * @property {number} pad device pixels outside the view, on each side
 * @property {number} ratio device pixels per CSS pixel
 * @property {number} scale device pixels per world unit
 * @property {number} left
 * @property {number} top
 * @property {number} zoom
 */

const PAD_SHARE = 0.22;

export class CanvasLayer extends L.Layer {
  /**
   * @param {string} pane
   * @param {number} zIndex
   * @param {(frame: Frame) => void} paint
   */
  constructor(pane, zIndex, paint) {
    super();
    this.paneName = pane;
    this.zIndex = zIndex;
    this.paint = paint;
    this.request = 0;
    /** @type {L.LatLngBounds | null} */
    this.painted = null;
    this.paintedZoom = -1;
  }

  /** @param {L.Map} map */
  onAdd(map) {
    const pane = map.getPane(this.paneName) ?? map.createPane(this.paneName);
    pane.style.zIndex = String(this.zIndex);
    pane.style.pointerEvents = "none";
    this.canvas = document.createElement("canvas");
    this.canvas.className = "leaflet-zoom-animated";
    pane.append(this.canvas);
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    map.on("moveend", this.follow, this);
    map.on("resize viewreset", this.draw, this);
    map.on("zoomanim", this.animate, this);
    this.draw();
    return this;
  }

  /** @param {L.Map} map */
  onRemove(map) {
    map.off("moveend", this.follow, this);
    map.off("resize viewreset", this.draw, this);
    map.off("zoomanim", this.animate, this);
    cancelAnimationFrame(this.request);
    this.request = 0;
    this.canvas?.remove();
    return this;
  }

  /** Paint before the next frame, however often asked. */
  repaint() {
    if (!this._map || this.request) return;
    this.request = requestAnimationFrame(() => {
      this.request = 0;
      this.draw();
    });
  }

  follow() {
    const map = this._map;
    const inside = this.painted?.contains(map.getBounds()) && this.paintedZoom === map.getZoom();
    if (!inside) this.draw();
  }

  /** @param {L.ZoomAnimEvent} event */
  animate(event) {
    if (!this.painted || !this.canvas) return;
    const scale = this._map.getZoomScale(event.zoom, this.paintedZoom);
    const map = /** @type {any} */ (this._map);
    const offset = map._latLngBoundsToNewLayerBounds(this.painted, event.zoom, event.center).min;
    L.DomUtil.setTransform(this.canvas, offset, scale);
  }

  draw() {
    const map = this._map;
    const { canvas, context } = this;
    if (!map || !canvas || !context) return;
    const size = map.getSize();
    if (!size.x || !size.y) return;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const pad = Math.round(PAD_SHARE * Math.min(size.x, size.y));
    const corner = map.containerPointToLayerPoint([-pad, -pad]).round();
    const [wide, high] = [size.x + 2 * pad, size.y + 2 * pad];
    const [width, height] = [Math.round(wide * ratio), Math.round(high * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      Object.assign(canvas, { width, height });
      Object.assign(canvas.style, { width: `${wide}px`, height: `${high}px` });
    } else {
      context.clearRect(0, 0, width, height);
    }
    L.DomUtil.setTransform(canvas, corner, 1);
    this.painted = L.latLngBounds(
      map.layerPointToLatLng(corner),
      map.layerPointToLatLng(corner.add([wide, high])),
    );
    this.paintedZoom = map.getZoom();
    const origin = map.getPixelOrigin().add(corner).multiplyBy(ratio);
    this.paint({
      context,
      width,
      height,
      ratio,
      pad: pad * ratio,
      scale: 2 ** map.getZoom() * ratio,
      left: origin.x,
      top: origin.y,
      zoom: map.getZoom(),
    });
  }
}
