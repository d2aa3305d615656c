/** Hold what the reader has chosen, and tell whoever draws it. */

/**
 * @typedef {object} Choice
 * @property {number} from first minute of the time window
 * @property {number} to last minute of the time window
 * @property {number} knownBy last minute at which an item may have become known; Infinity for all
 * @property {boolean} undated whether items without a date are drawn
 * @property {number} area place of the selected area, or -1
 * @property {Set<string>} hidden keys of layers that are switched off
 * @property {Map<string, Set<string>>} excluded values that are filtered out, by `layer:column`
 * @property {boolean} fresh whether the news of the last day are brought out
 * @property {string} query words to search for
 * @property {{ layer: string, item: number } | null} selected
 */

/** @typedef {"time" | "filter" | "layers" | "area" | "select" | "theme" | "fresh"} Topic */

export class State extends EventTarget {
  constructor() {
    super();
    /** @type {Choice | null} the choice with which the page opened */
    this.opening = null;
    /** @type {Choice} */
    this.now = {
      from: -Infinity,
      to: Infinity,
      knownBy: Infinity,
      undated: true,
      area: -1,
      hidden: new Set(),
      excluded: new Map(),
      fresh: false,
      query: "",
      selected: null,
    };
  }

  /**
   * Change the choice and tell the listeners of a topic.
   * @param {Topic} topic
   * @param {Partial<Choice>} [change]
   */
  set(topic, change = {}) {
    Object.assign(this.now, change);
    this.dispatchEvent(new Event(topic));
  }

  /**
   * @param {Topic[]} topics
   * @param {() => void} listener
   */
  on(topics, listener) {
    for (const topic of topics) this.addEventListener(topic, listener);
  }
}
