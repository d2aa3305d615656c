/** Read the address into the choice, and keep it up to date. */

import * as permalink from "./permalink.js";

/** @typedef {import("./assemble.js").Page} Page */

/** @param {Pick<Page, "state" | "model">} page */
export function restore({ state, model }) {
  const view = permalink.parse(location.hash);
  const span = permalink.window_(view.t);
  if (span) [state.now.from, state.now.to] = span;
  const known = permalink.window_(`${view.known}..${view.known}`);
  state.now.knownBy = known ? known[1] : Infinity;
  if (view.hide !== undefined) state.now.hidden = new Set(view.hide.split(",").filter(Boolean));
  state.now.excluded = permalink.excluded(view);
  state.now.fresh = "new" in view;
  state.now.query = view.q ?? "";
  const area = model.estimates?.areas.findIndex(({ id }) => id === view.area) ?? -1;
  if (area >= 0) state.now.area = area;
  document.documentElement.classList.toggle("tm-embed", "embed" in view);
}

/** @param {Page} page */
export function keepAddress({ map, state, model }) {
  const embed = document.documentElement.classList.contains("tm-embed");
  let timer = 0;
  const write = async () => {
    const { selected, area } = state.now;
    const dataset = selected && model.marks.get(selected.layer)?.dataset;
    const id = dataset ? (await dataset.texts()).texts.id : null;
    const itemId = selected && id ? `${selected.layer}:${id.words[id.codes[selected.item]]}` : "";
    const areaId = model.estimates?.areas[area]?.id ?? "";
    const opening = /** @type {any} */ (state.opening);
    const hash = permalink.describe(state.now, map, { areaId, opening, itemId, embed });
    // A page inside a notebook's frame has no address of its own.
    if (location.protocol !== "about:" && hash !== location.hash) history.replaceState(null, "", hash);
  };
  const later = () => {
    clearTimeout(timer);
    timer = window.setTimeout(write, 250);
  };
  state.on(["time", "filter", "layers", "area", "select", "fresh"], later);
  map.on("moveend", later);
  window.addEventListener("hashchange", () => {
    const at = permalink.place(permalink.parse(location.hash).view);
    if (at) map.setView([at.lat, at.lon], at.zoom);
    restore({ state, model });
    for (const topic of /** @type {const} */ (["filter", "time", "layers", "area", "fresh"])) state.set(topic);
  });
}

/**
 * @param {Page} page
 * @param {{ details: import("./details.js").Details }} parts
 */
export async function restoreItem({ model }, { details }) {
  const [layer, ...rest] = (permalink.parse(location.hash).item ?? "").split(":");
  const dataset = model.marks.get(layer)?.dataset;
  if (!dataset) return;
  const { codes, words } = (await dataset.texts()).texts.id;
  const item = codes.indexOf(words.indexOf(rest.join(":")));
  if (item >= 0) await details.open([{ layer, item }]);
}
