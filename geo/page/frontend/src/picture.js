/** Save the map as a picture: its canvases on one sheet, with title, window and credits. */

import { color, download } from "./dom.js";

const BAND = 56;

/**
 * @param {import("leaflet").Map} map
 * @param {string} title
 * @param {string} span
 * @param {string} credits
 */
export function savePicture(map, title, span, credits) {
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const { x: wide, y: high } = map.getSize();
  const sheet = document.createElement("canvas");
  Object.assign(sheet, { width: wide * ratio, height: (high + BAND) * ratio });
  const pen = /** @type {CanvasRenderingContext2D} */ (sheet.getContext("2d"));
  pen.scale(ratio, ratio);
  pen.fillStyle = color("--sea");
  pen.fillRect(0, 0, wide, high + BAND);
  const frame = map.getContainer().getBoundingClientRect();
  for (const canvas of canvases(map)) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    if (width && height) pen.drawImage(canvas, left - frame.left, top - frame.top, width, height);
  }
  caption(pen, wide, high, [title, span, credits]);
  sheet.toBlob((blob) => blob && download("map.png", blob));
}

/** @param {import("leaflet").Map} map @returns {HTMLCanvasElement[]} from the lowest pane up */
function canvases(map) {
  const level = (/** @type {HTMLCanvasElement} */ canvas) =>
    Number(getComputedStyle(/** @type {Element} */ (canvas.closest(".leaflet-pane:not(.leaflet-map-pane)"))).zIndex) || 0;
  return [...map.getPanes().mapPane.querySelectorAll("canvas")].sort((a, b) => level(a) - level(b));
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {number} wide
 * @param {number} high
 * @param {string[]} lines
 */
function caption(pen, wide, high, [title, span, credits]) {
  pen.fillStyle = color("--panel");
  pen.fillRect(0, high, wide, BAND);
  pen.fillStyle = color("--ink");
  pen.font = "600 15px system-ui, sans-serif";
  pen.fillText(`${title} · ${span}`, 14, high + 23, wide - 28);
  pen.fillStyle = color("--muted");
  pen.font = "11px system-ui, sans-serif";
  pen.fillText(credits, 14, high + 43, wide - 28);
}
