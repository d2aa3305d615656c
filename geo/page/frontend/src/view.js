/** Move the map: to the data, to an item, out from under a panel; and sign it. */

import L from "leaflet";
import { latitude, longitude } from "./mercator.js";
import { dataBox } from "./model.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./words.js").Words} Words */

/**
 * @param {L.Map} map
 * @param {Model} model
 */
export function fit(map, model) {
  const box = dataBox(model);
  if (!box) return map.setView([50, 40], 3, { animate: false });
  const [west, north, east, south] = box;
  const corners = L.latLngBounds([latitude(south), longitude(west)], [latitude(north), longitude(east)]);
  return map.fitBounds(corners, { paddingTopLeft: [20, 20], paddingBottomRight: [20, 36], maxZoom: 9, animate: false });
}

/**
 * @param {L.Map} map
 * @param {import("./paths.js").Box | undefined} box
 */
export function flyTo(map, box) {
  if (!box) return;
  const corners = L.latLngBounds([latitude(box.south), longitude(box.west)], [latitude(box.north), longitude(box.east)]);
  map.fitBounds(corners, { padding: [60, 60], maxZoom: Math.max(8, map.getZoom()), animate: false });
}

/**
 * Move the map so that the panel does not hide what was clicked.
 * @param {L.Map} map
 * @param {HTMLElement} panel
 * @param {L.LatLng} at
 */
export function uncover(map, panel, at) {
  const box = panel.getBoundingClientRect();
  const frame = map.getContainer().getBoundingClientRect();
  const { x, y } = map.latLngToContainerPoint(at);
  const hidden = x + frame.left > box.left - 20 && y + frame.top > box.top - 20;
  if (!hidden) return;
  const wide = box.width > 0.8 * frame.width;
  const by = wide ? [0, y + frame.top - box.top + 60] : [x + frame.left - box.left + 60, 0];
  map.panBy(/** @type {[number, number]} */ (by), { animate: false });
}

/**
 * @param {L.Map} map
 * @param {any} config
 * @param {Words} words
 */
export function credits(map, config, words) {
  map.attributionControl.setPrefix(false);
  for (const text of config.attribution) map.attributionControl.addAttribution(escaped(text));
  if (config.layers.some((/** @type {any} */ spec) => spec.mark === "base")) {
    map.attributionControl.addAttribution(`${words.say("area-own")}. ${words.say("disputedNote")}`);
  }
  L.control.zoom({ position: "bottomright" }).addTo(map);
  L.control.scale({ position: "bottomleft", imperial: false }).addTo(map);
}

/** Leaflet takes credits as markup only. @param {string} text @returns {string} */
function escaped(text) {
  const holder = document.createElement("i");
  holder.textContent = text;
  // Read, not set: the text with its signs escaped.
  // eslint-disable-next-line no-restricted-properties
  return holder.innerHTML;
}
