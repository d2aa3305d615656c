/** Write exactly what is shown as CSV or GeoJSON. */

import { BOW_VERTICES } from "./bow.js";
import { MISSING } from "./dataset.js";
import { latitude, longitude } from "./mercator.js";
import { isoTime } from "./iso.js";

const CERTAINTIES = ["observed", "inferred", "planned"];

/** @typedef {{ properties: Record<string, string | number | null>, geometry: object }} Item */

/**
 * @param {import("./pointer.js").Mark} mark
 * @param {number[]} items
 * @returns {Promise<Item[]>}
 */
export async function records(mark, items) {
  const { dataset } = mark;
  const { texts } = await dataset.texts();
  const measures = ["radius_km", "size_low", "size_best", "size_high"].filter((name) => name in dataset.table.numbers);
  return items.map((i) => {
    const dated = i < dataset.dated;
    const word = (/** @type {string} */ name) => texts[name].words[texts[name].codes[i]];
    /** @type {Record<string, string | number | null>} */
    const properties = {
      id: word("id"),
      title: word("title"),
      time_from: dated ? isoTime(dataset.from[i]) : null,
      time_to: dated ? isoTime(dataset.to[i]) : null,
      known_at: dataset.known[i] === MISSING ? null : isoTime(dataset.known[i]),
      category: dataset.spec.categories[dataset.category[i]].value,
      certainty: CERTAINTIES[dataset.certainty[i]],
    };
    for (const name of measures) {
      const value = dataset.table.numbers[name][i];
      properties[name] = Number.isNaN(value) ? null : Number(value.toPrecision(7));
    }
    for (const name of Object.keys(texts)) properties[name] ??= word(name);
    return { properties, geometry: geometryOf(mark, i) };
  });
}

/**
 * @param {import("./pointer.js").Mark} mark
 * @param {number} i
 * @returns {object} GeoJSON geometry
 */
function geometryOf(mark, i) {
  const { numbers } = mark.dataset.table;
  if ("paths" in mark) {
    const { x, y, shapes } = mark.paths;
    const parts = shapes[i].parts.map(([first, end]) =>
      Array.from({ length: end - first }, (_, k) => position(longitude(x[first + k]), latitude(y[first + k]))),
    );
    if (mark.dataset.spec.mark !== "arrows") return { type: "Polygon", coordinates: parts };
    // A bow goes into the file as the two ends that are known.
    const ends = parts[0].length === BOW_VERTICES ? [parts[0][0], parts[0][BOW_VERTICES - 1]] : parts[0];
    return { type: "LineString", coordinates: ends };
  }
  return { type: "Point", coordinates: position(numbers.lon[i] / 1e5, numbers.lat[i] / 1e5) };
}

/** @param {number} lon @param {number} lat @returns {[number, number]} between -180 and 180 degrees */
function position(lon, lat) {
  const turned = lon > 180 ? lon - 360 : lon;
  return [Number(turned.toFixed(5)), Number(lat.toFixed(5))];
}

/** @param {Item[]} items @returns {Blob} */
export function geojson(items) {
  const features = items.map(({ properties, geometry }) => ({ type: "Feature", properties, geometry }));
  const text = JSON.stringify({ type: "FeatureCollection", features });
  return new Blob([text], { type: "application/geo+json" });
}

/** @param {Item[]} items @returns {Blob} */
export function csv(items) {
  const names = Object.keys(items[0]?.properties ?? { id: "" });
  const rows = items.map(({ properties }) => names.map((name) => cell(properties[name])).join(","));
  return new Blob(["\ufeff", [names.join(","), ...rows].join("\r\n"), "\r\n"], { type: "text/csv" });
}

/**
 * Quote a value; a text that a spreadsheet would run as a formula gets an apostrophe before it.
 * @param {string | number | null} value
 * @returns {string}
 */
export function cell(value) {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
