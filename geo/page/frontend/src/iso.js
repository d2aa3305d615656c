/** Write minutes since 1970 as ISO 8601, UTC. */

/** @param {number} minute @returns {string} day in ISO 8601 */
export function isoDay(minute) {
  return new Date(minute * 60_000).toISOString().slice(0, 10);
}

/** @param {number} minute @returns {string} instant in ISO 8601, UTC */
export function isoTime(minute) {
  return `${new Date(minute * 60_000).toISOString().slice(0, 16)}Z`;
}
