/** Start the page: serve folium's scripts at once, and put the page together when the map is there. */

import "leaflet/dist/leaflet.css";
import "uplot/dist/uPlot.min.css";
import "./page.css";
import { assemble } from "./assemble.js";
import { el } from "./dom.js";
import { serveFolium } from "./folium.js";

serveFolium();

Object.assign(window, {
  TroopPage: {
    /** @param {string} name of the variable that holds the map */
    boot: (name) => assemble(/** @type {any} */ (window)[name]).catch(report),
  },
});

/**
 * Say that the page could not be put together, rather than leave an empty map.
 * @param {Error} error
 */
function report(error) {
  const old = !("DecompressionStream" in window);
  const text = old ? "This page needs a browser of 2023 or later." : `This page is damaged: ${error.message}`;
  document.body.append(el("p", { className: "tm-noscript", role: "alert" }, text));
  // eslint-disable-next-line no-console -- for whoever looks into a damaged page
  console.error(error);
}
