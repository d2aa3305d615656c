/** Start the page: serve folium's scripts at once, and put the page together when the map is there. */

import "leaflet/dist/leaflet.css";
import "uplot/dist/uPlot.min.css";
import "./page.css";
import { assemble } from "./assemble.js";
import { serveFolium } from "./folium.js";

serveFolium();

Object.assign(window, {
  TroopPage: {
    /** @param {string} name of the variable that holds the map */
    boot: (name) => assemble(/** @type {any} */ (window)[name]),
  },
});
