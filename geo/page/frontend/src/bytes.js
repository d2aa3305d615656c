/** Decode the tables that Python packed: base64, gzip, byte planes, deltas, dictionaries. */

/**
 * @typedef {object} Table
 * @property {Record<string, Int32Array | Float32Array>} numbers columns by name
 * @property {Record<string, { codes: Int32Array, words: string[] }>} texts dictionary columns by name
 */

/**
 * `atob` rather than `fetch("data:")`, so that the page's policy can forbid every connection.
 * @param {string} base64
 * @returns {Promise<ArrayBuffer>}
 */
export async function inflate(base64) {
  const binary = atob(base64.trim());
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

/**
 * Put bytes of equal weight, stored side by side, back into 32-bit words.
 * @param {Uint8Array} bytes
 * @param {number} at first byte of the block
 * @param {number} length words in the block
 * @returns {Int32Array}
 */
export function unshuffle(bytes, at, length) {
  const words = new Int32Array(length);
  const [b, c, d] = [at + length, at + 2 * length, at + 3 * length];
  for (let i = 0; i < length; i++) {
    words[i] = bytes[at + i] | (bytes[b + i] << 8) | (bytes[c + i] << 16) | (bytes[d + i] << 24);
  }
  return words;
}

/**
 * Sum up differences in place; their sign stands in the lowest bit.
 * @param {Int32Array} words
 * @returns {Int32Array} the same array
 */
export function undelta(words) {
  let sum = 0;
  for (let i = 0; i < words.length; i++) {
    sum = (sum + ((words[i] >>> 1) ^ -(words[i] & 1))) | 0;
    words[i] = sum;
  }
  return words;
}

/**
 * @param {ArrayBuffer} buffer
 * @returns {Table}
 */
export function unpack(buffer) {
  const bytes = new Uint8Array(buffer);
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  /** @type {Table} */
  const table = { numbers: {}, texts: {} };
  for (const column of header.columns) {
    const words = unshuffle(bytes, 4 + length + column.at, column.length);
    if (column.delta) undelta(words);
    if (column.name in header.texts) {
      table.texts[column.name] = { codes: words, words: header.texts[column.name] };
    } else {
      table.numbers[column.name] = column.type === "f4" ? new Float32Array(words.buffer) : words;
    }
  }
  for (const name of Object.keys(table.texts)) joinNumbers(table, name);
  return table;
}

/**
 * Put numbers that were stored apart back at the ends of their words.
 * @param {Table} table
 * @param {string} name
 */
function joinNumbers({ numbers, texts }, name) {
  const [stems, tails] = [numbers[`${name}#stem`], numbers[`${name}#tail`]];
  if (!stems) return;
  const { words } = texts[name];
  texts[name].words = Array.from(stems, (stem, i) => (tails[i] < 0 ? words[stem] : words[stem] + tails[i]));
}

/**
 * Read one payload of this page.
 * @param {string} id of the script element that holds it
 * @returns {Promise<Table>}
 */
export async function read(id) {
  const holder = document.getElementById(id);
  if (!holder) throw new Error(`The page lacks its part ${id}.`);
  const table = unpack(await inflate(holder.textContent ?? ""));
  holder.remove();
  return table;
}
