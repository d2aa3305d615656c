/** Keep what the reader sees in the address, after the hash, and restore it from there. */

import { isoDay } from "./iso.js";

const DAY = 1440;

/**
 * @typedef {object} View
 * @property {string} [t] first and last day, `2021-11-01..2022-02-18`
 * @property {string} [known] day of knowledge
 * @property {string} [area] id of the selected area
 * @property {string} [view] `zoom/lat/lon`
 * @property {string} [hide] keys of layers, comma-separated
 * @property {string} [item] `layer:id`
 * @property {string} [new] where the news of the last day are brought out
 * @property {string} [embed]
 */

/** @param {string} hash @returns {Record<string, string>} */
export function parse(hash) {
  return Object.fromEntries(new URLSearchParams(hash.replace(/^#/, "")));
}

/** @param {Record<string, string>} view @returns {string} with the signs that need no escape left as they are */
export function format(view) {
  const text = new URLSearchParams(view).toString();
  return `#${text.replaceAll("%2F", "/").replaceAll("%2C", ",").replaceAll("%3A", ":").replace("embed=", "embed")}`;
}

/** @param {string | undefined} span @returns {[number, number] | null} first and last minute */
export function window_(span) {
  const [from, to] = (span ?? "").split("..").map((day) => Date.parse(day) / 60_000);
  return from <= to ? [from, to + DAY - 1] : null;
}

/** @param {string | undefined} view @returns {{ zoom: number, lat: number, lon: number } | null} */
export function place(view) {
  const [zoom, lat, lon] = (view ?? "").split("/").map(Number);
  const good = zoom >= 0 && zoom <= 20 && Math.abs(lat) <= 90 && Math.abs(lon) <= 400;
  return good ? { zoom, lat, lon } : null;
}

/**
 * @param {import("./state.js").Choice} choice
 * @param {import("leaflet").Map} map
 * @param {{ areaId: string, opening: import("./state.js").Choice, itemId: string, embed: boolean }} now
 * @returns {string}
 */
export function describe(choice, map, { areaId, opening, itemId, embed }) {
  /** @type {Record<string, string>} */
  const view = {};
  if (embed) view.embed = "";
  if (choice.from !== opening.from || choice.to !== opening.to) {
    view.t = `${isoDay(choice.from)}..${isoDay(choice.to)}`;
  }
  if (Number.isFinite(choice.knownBy)) view.known = isoDay(choice.knownBy);
  if (choice.area !== opening.area) view.area = areaId;
  const { lat, lng } = map.getCenter();
  view.view = `${map.getZoom()}/${lat.toFixed(3)}/${lng.toFixed(3)}`;
  const same = [...choice.hidden].join() === [...opening.hidden].join();
  if (!same) view.hide = [...choice.hidden].join(",");
  for (const [facet, values] of choice.excluded) {
    if (values.size) view[`not.${facet}`] = [...values].join("|");
  }
  if (choice.query) view.q = choice.query;
  if (choice.fresh) view.new = "1";
  if (itemId) view.item = itemId;
  return format(view);
}

/**
 * @param {Record<string, string>} view
 * @returns {Map<string, Set<string>>} values filtered out, by `layer:column`
 */
export function excluded(view) {
  const facets = Object.entries(view).filter(([name]) => name.startsWith("not."));
  return new Map(facets.map(([name, values]) => [name.slice(4), new Set(values.split("|"))]));
}
