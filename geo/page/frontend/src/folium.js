/** Give folium's own elements what they expect: `L`, marker images, icons, and the little of jQuery they call. */

import L from "leaflet";

const NAMED = {
  red: "#d33d2a", darkred: "#a13336", lightred: "#ff8e7f", orange: "#f69730", beige: "#ffcb92",
  green: "#72b026", darkgreen: "#728224", lightgreen: "#bbf970", blue: "#38aadd", darkblue: "#00649f",
  lightblue: "#8adaff", purple: "#d252b9", darkpurple: "#5b396b", pink: "#ff91ea", cadetblue: "#436978",
  white: "#fbfbfb", gray: "#575757", lightgray: "#a3a3a3", black: "#303030",
};

const PIN = "M15 1C7.3 1 1 7.3 1 15c0 9.6 14 27 14 27s14-17.4 14-27C29 7.3 22.7 1 15 1z";

/** @type {{ iconSize: [number, number], iconAnchor: [number, number], popupAnchor: [number, number] }} */
const SIZES = { iconSize: [30, 43], iconAnchor: [15, 42], popupAnchor: [0, -34] };

/** Publish the names that folium's scripts use. */
export function serveFolium() {
  delete (/** @type {any} */ (L.Icon.Default.prototype)._getIconUrl);
  const iconUrl = image(NAMED.blue);
  L.Icon.Default.mergeOptions({ ...SIZES, iconUrl, iconRetinaUrl: iconUrl, shadowUrl: "" });
  const leaflet = /** @type {any} */ (L);
  leaflet.AwesomeMarkers = { Icon: L.Icon, icon: pin };
  Object.assign(window, { L, $: query, jQuery: query });
}

/**
 * A coloured pin in place of the web font icons, which would have to be loaded.
 * @param {{ markerColor?: string }} options
 * @returns {L.Icon}
 */
function pin({ markerColor = "blue" }) {
  const fill = /** @type {Record<string, string>} */ (NAMED)[markerColor] ?? NAMED.blue;
  return L.icon({ ...SIZES, iconUrl: image(fill) });
}

/** @param {string} fill @returns {string} address of the pin's picture */
function image(fill) {
  const pin = `<svg xmlns="http://www.w3.org/2000/svg" width="30" height="43"><path d="${PIN}" fill="${fill}" stroke="#fff" stroke-width="1.5"/><circle cx="15" cy="15" r="5" fill="#fff"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(pin)}`;
}

/**
 * The two calls of jQuery that folium makes: parse markup, and wait for the document.
 * @param {any} what
 * @returns {any}
 */
function query(what) {
  if (typeof what !== "string") return { ready: (/** @type {() => void} */ run) => run() };
  const holder = document.createElement("template");
  // Markup of folium's own, which the author of the page wrote.
  // eslint-disable-next-line no-restricted-properties
  holder.innerHTML = what.trim();
  return [...holder.content.children];
}
