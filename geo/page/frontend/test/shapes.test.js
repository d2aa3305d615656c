/** Projection, paths, hexagons, labels. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellAt } from "../src/density.js";
import { free, beside } from "../src/boxes.js";
import { latitude, longitude, worldLength, worldX, worldY } from "../src/mercator.js";
import { bowed } from "../src/bow.js";
import { box, contains, distance } from "../src/paths.js";

const square = (/** @type {number[][]} */ ...rings) => {
  const x = Float32Array.from(rings.flatMap((r) => [r[0], r[1], r[1], r[0], r[0]]));
  const y = Float32Array.from(rings.flatMap((r) => [r[0], r[0], r[1], r[1], r[0]]));
  const parts = rings.map((_, i) => /** @type {[number, number]} */ ([5 * i, 5 * i + 5]));
  return { x, y, shapes: [{ parts, box: box(x, y, 0, x.length) }] };
};

test("projection and its inverse agree", () => {
  for (const [lon, lat] of [[0, 0], [37.6, 55.75], [-179, -60], [190, 70]]) {
    assert.ok(Math.abs(longitude(worldX(lon)) - lon) < 1e-9);
    assert.ok(Math.abs(latitude(worldY(lat)) - lat) < 1e-9);
  }
});

test("the equator is 40,075 km long and shrinks with the cosine of latitude", () => {
  assert.ok(Math.abs(worldLength(40_075.016686, worldY(0)) - 256) < 1e-6);
  assert.ok(Math.abs(worldLength(100, worldY(60)) / worldLength(100, worldY(0)) - 2) < 1e-9);
});

test("a hole is outside", () => {
  const shape = square([0, 10], [4, 6]);
  assert.ok(contains(shape, shape.shapes[0], 2, 2));
  assert.ok(!contains(shape, shape.shapes[0], 5, 5));
  assert.ok(!contains(shape, shape.shapes[0], 11, 5));
});

test("distance is measured to the segment, not to its line", () => {
  const shape = square([0, 10]);
  assert.equal(distance(shape, shape.shapes[0], 13, 14), 5);
  assert.equal(distance(shape, shape.shapes[0], 5, 1), 1);
});

test("the hexagon of a place is the one whose centre is nearest", () => {
  const centre = (/** @type {number} */ cell) => {
    const row = Math.round(cell / 2 ** 21);
    const column = cell - row * 2 ** 21;
    return [column + (row & 1) / 2, row];
  };
  const far = (/** @type {number[]} */ [cx, cy], /** @type {number} */ x, /** @type {number} */ y) =>
    (cx - x) ** 2 + 0.75 * (cy - y) ** 2;
  for (let k = 0; k < 400; k++) {
    const [x, y] = [20 + (k % 20) * 0.13, 30 + Math.floor(k / 20) * 0.17];
    const found = far(centre(cellAt(x, y)), x, y);
    for (let row = 29; row < 36; row++) {
      for (let column = 18; column < 25; column++) {
        assert.ok(found <= far([column + (row & 1) / 2, row], x, y) + 1e-9);
      }
    }
  }
});

test("boxes that touch are free of each other, boxes that overlap are not", () => {
  const one = { left: 0, right: 10, top: 0, bottom: 10 };
  assert.ok(free({ ...one, left: 10, right: 20 }, [one]));
  assert.ok(!free({ ...one, left: 9, right: 20 }, [one]));
  assert.ok(beside(0, 0, 30, 6, 1).every((rect) => rect.right - rect.left === 30));
});

test("bows keep their ends, and twins do not hide each other", () => {
  const x = Float32Array.from([0, 10, 0, 10]);
  const y = Float32Array.from([0, 0, 0, 0]);
  const lines = [[0, 2], [2, 4]].map(([first, end]) => ({
    parts: [/** @type {[number, number]} */ ([first, end])],
    box: box(x, y, first, end),
  }));
  const bent = bowed({ x, y, shapes: lines });
  const [a, b] = bent.shapes.map(({ parts: [[first, end]] }) => bent.y.subarray(first, end));
  assert.equal(a[0], 0);
  assert.equal(bent.x[bent.shapes[0].parts[0][1] - 1], 10);
  assert.notEqual(a[10], b[10]);
});
