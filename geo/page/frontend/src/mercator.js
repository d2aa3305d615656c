/** Project degrees to the world square of 256 units that Leaflet scales by powers of two. */

export const WORLD = 256;
const EARTH_CIRCUMFERENCE_KM = 40_075.016686;

/** @param {number} lon degrees @returns {number} world units */
export function worldX(lon) {
  return ((lon + 180) / 360) * WORLD;
}

/** @param {number} lat degrees @returns {number} world units */
export function worldY(lat) {
  const sin = Math.sin((lat * Math.PI) / 180);
  return (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * WORLD;
}

/** @param {number} y world units @returns {number} degrees */
export function latitude(y) {
  return (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / WORLD))) * 180) / Math.PI;
}

/** @param {number} x world units @returns {number} degrees */
export function longitude(x) {
  return (x / WORLD) * 360 - 180;
}

/**
 * @param {number} km on the ground
 * @param {number} y where, in world units
 * @returns {number} world units
 */
export function worldLength(km, y) {
  return (km / (EARTH_CIRCUMFERENCE_KM * Math.cos((latitude(y) * Math.PI) / 180))) * WORLD;
}

/**
 * @param {ArrayLike<number>} lon in steps
 * @param {ArrayLike<number>} lat in steps
 * @param {number} steps per degree
 * @returns {{ x: Float32Array, y: Float32Array }} world units
 */
export function project(lon, lat, steps) {
  const x = new Float32Array(lon.length);
  const y = new Float32Array(lat.length);
  for (let i = 0; i < x.length; i++) {
    x[i] = worldX(lon[i] / steps);
    y[i] = worldY(lat[i] / steps);
  }
  return { x, y };
}
