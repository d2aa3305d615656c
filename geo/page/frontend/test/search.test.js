/** Binary search, and the window of a dataset that rests on it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lowerBound, upperBound } from "../src/search.js";
import { Dataset, MISSING } from "../src/dataset.js";

/** @param {[number, number][]} spans @param {number[]} [known] */
function dataset(spans, known = []) {
  const numbers = {
    from: Int32Array.from(spans, ([from]) => from),
    lasts: Int32Array.from(spans, ([from, to]) => to - from),
    known: Int32Array.from(spans, (_, i) => known[i] ?? MISSING),
    look: new Int32Array(spans.length),
  };
  const category = { value: "a", label: "a", light: "#000", dark: "#fff", shape: "circle" };
  const spec = { mark: "points", key: "k", name: "n", show: true, tables: {}, categories: [category], details: [], filters: [] };
  return new Dataset(spec, { numbers, texts: {} });
}

const choice = { from: -Infinity, to: Infinity, knownBy: Infinity, undated: true, area: -1, hidden: new Set(), excluded: new Map(), query: "", selected: null };

test("bounds stand before and after equal values", () => {
  assert.equal(lowerBound([1, 2, 2, 3], 2), 1);
  assert.equal(upperBound([1, 2, 2, 3], 2), 3);
  assert.equal(lowerBound([], 2), 0);
});

test("the window finds what a search through all would find", () => {
  const spans = /** @type {[number, number][]} */ ([[0, 90], [5, 6], [10, 11], [10, 40], [30, 31], [50, 50]]);
  const items = dataset(spans);
  for (let from = -5; from < 60; from += 5) {
    for (let to = from; to < 60; to += 5) {
      items.choose({ ...choice, from, to });
      const expected = [...spans.keys()].filter((i) => spans[i][0] <= to && spans[i][1] >= from);
      assert.deepEqual(items.shown(), expected);
    }
  }
});

test("items without a date are shown until they are left out", () => {
  const items = dataset([[1, 1], [MISSING, MISSING]]);
  items.choose({ ...choice, from: 5, to: 6 });
  assert.deepEqual(items.shown(), [1]);
  items.choose({ ...choice, from: 5, to: 6, undated: false });
  assert.deepEqual(items.shown(), []);
});

test("what became known later is left out", () => {
  const items = dataset([[10, 10], [20, 20]], [5, 100]);
  items.choose(choice);
  items.filter({ ...choice, knownBy: 50 });
  assert.deepEqual(items.shown(), [0]);
});

test("an excluded category is left out", () => {
  const items = dataset([[10, 10]]);
  items.choose(choice);
  items.filter({ ...choice, excluded: new Map([["k:category", new Set(["a"])]]) });
  assert.deepEqual(items.shown(), []);
});
