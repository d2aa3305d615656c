/** Keys for the whole page: space plays, brackets move the window, slash searches, escape closes. */

/**
 * @param {{ timeline: import("./timeline.js").Timeline | null, details: import("./details.js").Details, table: import("./table_view.js").TableView }} parts
 */
export function listenToKeys({ timeline, details, table }) {
  /** @type {Record<string, () => void>} */
  const actions = {
    " ": () => timeline?.toggle(),
    "[": () => timeline?.shift(-1),
    "]": () => timeline?.shift(1),
    "{": () => timeline?.shift(-7),
    "}": () => timeline?.shift(7),
    "/": () => document.getElementById("tm-search")?.focus(),
    t: () => table.show(table.panel.hidden === true),
    Escape: () => (details.panel.hidden ? table.show(false) : details.close()),
  };
  document.addEventListener("keydown", (event) => {
    const action = actions[event.key];
    const inField = event.target instanceof Element && event.target.matches("input,select,textarea,button,summary,a");
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    if (inField && event.key !== "Escape") return;
    event.preventDefault();
    action();
  });
}
