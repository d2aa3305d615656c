/** Unpacking of tables. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inflate, undelta, unpack, unshuffle } from "../src/bytes.js";

test("byte planes become words, the sign included", () => {
  const words = Int32Array.from([1, -1, 70_000, -(2 ** 31)]);
  const bytes = new Uint8Array(words.buffer);
  const planes = Uint8Array.from({ length: 16 }, (_, i) => bytes[(i % 4) * 4 + Math.floor(i / 4)]);
  assert.deepEqual(unshuffle(planes, 0, 4), words);
});

test("differences are summed up, over the edge of 32 bits too", () => {
  const zigzag = [2 ** 31 - 1, 1, 1, -3].map((step) => (step << 1) ^ (step >> 31));
  const words = undelta(Int32Array.from(zigzag));
  assert.deepEqual([...words], [2 ** 31 - 1, -(2 ** 31), -(2 ** 31) + 1, 2 ** 31 - 2]);
});

test("a packed table comes back by names", async () => {
  const header = JSON.stringify({
    columns: [
      { name: "day", type: "i4", at: 0, length: 1, delta: false },
      { name: "word", type: "i4", at: 4, length: 1, delta: false },
    ],
    texts: { word: ["слово"] },
  });
  const head = new TextEncoder().encode(header);
  const raw = new Uint8Array(4 + head.length + 8);
  new DataView(raw.buffer).setUint32(0, head.length, true);
  raw.set(head, 4);
  raw[4 + head.length] = 7;
  const stream = new Blob([raw]).stream().pipeThrough(new CompressionStream("gzip"));
  const packed = Buffer.from(await new Response(stream).arrayBuffer()).toString("base64");
  const table = unpack(await inflate(packed));
  assert.equal(table.numbers.day[0], 7);
  assert.equal(table.texts.word.words[table.texts.word.codes[0]], "слово");
});
