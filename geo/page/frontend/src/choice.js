/** A box that lets the items of one value through, or leaves them out. */

import { el } from "./dom.js";

/**
 * @param {import("./state.js").State} state
 * @param {string[]} facets `layer:column`, each of those that have the value
 * @param {string} value
 * @param {string} label
 * @param {Node | null} mark
 * @param {string} [count]
 * @returns {HTMLElement}
 */
export function choice(state, facets, value, label, mark, count = "") {
  const on = () => facets.every((facet) => !state.now.excluded.get(facet)?.has(value));
  const box = el("input", { type: "checkbox", checked: on() });
  box.addEventListener("change", () => {
    const excluded = new Map(state.now.excluded);
    for (const facet of facets) {
      const values = new Set(excluded.get(facet));
      if (box.checked) values.delete(value);
      else values.add(value);
      excluded.set(facet, values);
    }
    state.set("filter", { excluded });
  });
  state.on(["filter"], () => (box.checked = on()));
  const text = el("span", { dir: "auto" }, label || "–");
  return el("label", {}, box, mark, text, el("span", { className: "tm-count" }, count));
}
