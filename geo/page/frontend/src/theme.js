/** Follow the reader's system between light and dark, or the reader's own choice. */

const dark = matchMedia("(prefers-color-scheme: dark)");

/** @param {import("./state.js").State} state */
export function followTheme(state) {
  dark.addEventListener("change", () => state.set("theme"));
}

/** @param {import("./state.js").State} state */
export function toggleTheme(state) {
  const { dataset } = document.documentElement;
  const now = dataset.theme ?? (dark.matches ? "dark" : "light");
  dataset.theme = now === "dark" ? "light" : "dark";
  state.set("theme");
}
