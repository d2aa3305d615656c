/** Speak the reader's language: words of the interface, dates and numbers. */

const DAY = 1440;

export class Words {
  /**
   * @param {string} lang
   * @param {Record<string, string>} table what the page says, in that language
   */
  constructor(lang, table) {
    this.lang = lang;
    this.table = table;
    const locale = this.lang === "en" ? "en-GB" : this.lang;
    const day = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
    this.dayFormat = new Intl.DateTimeFormat(locale, /** @type {any} */ (day));
    this.timeFormat = new Intl.DateTimeFormat(
      locale,
      /** @type {any} */ ({ ...day, hour: "2-digit", minute: "2-digit", timeZoneName: "short" }),
    );
    this.numberFormat = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
    this.shortFormat = new Intl.NumberFormat(locale, { notation: "compact", maximumSignificantDigits: 3 });
  }

  /**
   * @param {string} key
   * @param {Record<string, string | number>} [values] put in place of `{name}`
   * @returns {string}
   */
  say(key, values = {}) {
    return this.table[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  /** @param {number} minute @returns {string} the day */
  day(minute) {
    return this.dayFormat.format(minute * 60_000);
  }

  /**
   * @param {number} from minute
   * @param {number} to minute
   * @returns {string} an instant, a day or a span
   */
  span(from, to) {
    if (from === to) return from % DAY ? this.timeFormat.format(from * 60_000) : this.day(from);
    const lastDay = to % DAY ? to : to - 1;
    return this.day(from) === this.day(lastDay) ? this.day(from) : `${this.day(from)} – ${this.day(lastDay)}`;
  }

  /** @param {number} value @returns {string} all its digits */
  number(value) {
    return this.numberFormat.format(value);
  }

  /** @param {number} value @returns {string} three significant digits */
  short(value) {
    return this.shortFormat.format(value);
  }

  /** @param {number} value @returns {string} two significant digits, as fits an estimate */
  rough(value) {
    return this.short(Number(value.toPrecision(2)));
  }

  /**
   * @param {number} low
   * @param {number} high
   * @returns {string} two significant digits; a unit that near numbers share is written once
   */
  range(low, high) {
    const [a, b] = [this.rough(low), this.rough(high)];
    if (a === b) return a;
    if (high >= 10 * low) return `${a}–${b}`;
    const unit = (/** @type {number} */ value) =>
      this.shortFormat.formatToParts(value).find((part) => part.type === "compact")?.value ?? "";
    return unit(low) === unit(high) ? `${a.replace(unit(low), "").trimEnd()}–${b}` : `${a}–${b}`;
  }
}
