/** Words, permalinks, files. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { cell } from "../src/export.js";
import { excluded, format, parse, place, window_ } from "../src/permalink.js";
import { niceBelow } from "../src/legend.js";

const words = JSON.parse(readFileSync(new URL("../src/words.json", import.meta.url), "utf8"));

test("every language says everything, with the same blanks to fill", () => {
  const blanks = (/** @type {string} */ text) => (text.match(/\{\w+\}/g) ?? []).sort().join();
  for (const lang of Object.keys(words)) {
    assert.deepEqual(Object.keys(words[lang]), Object.keys(words.en), lang);
    for (const [key, text] of Object.entries(words.en)) {
      assert.equal(blanks(words[lang][key]), blanks(/** @type {string} */ (text)), `${lang}: ${key}`);
    }
  }
});

test("a permalink comes back as it was", () => {
  const view = { t: "2021-11-01..2022-02-18", view: "4.5/52.1/37.3", "not.sightings:claimant": "A & B|Ж=1" };
  assert.deepEqual(parse(format(view)), view);
  assert.deepEqual(excluded(view).get("sightings:claimant"), new Set(["A & B", "Ж=1"]));
});

test("nonsense in a permalink is left aside", () => {
  assert.equal(window_("x..y"), null);
  assert.equal(window_("2022-02-01..2022-01-01"), null);
  assert.equal(place("1e9/0/0"), null);
  assert.equal(place(undefined), null);
  assert.deepEqual(place("4/-10/20"), { zoom: 4, lat: -10, lon: 20 });
});

test("a window lasts to the end of its last day", () => {
  assert.deepEqual(window_("1970-01-02..1970-01-02"), [1440, 2879]);
});

test("cells are quoted, and formulas are made harmless", () => {
  assert.equal(cell('say "no", twice'), '"say ""no"", twice"');
  assert.equal(cell("=1+1"), "'=1+1");
  assert.equal(cell(-5), "-5");
  assert.equal(cell(null), "");
});

test("the legend's numbers are round and not too large", () => {
  assert.deepEqual([1, 4_999, 5_000, 73_000, 0.2].map(niceBelow), [1, 2_000, 5_000, 50_000, 1]);
});
