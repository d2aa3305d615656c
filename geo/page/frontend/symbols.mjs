/** Render the map symbols of APP-6(D) that pages use: code -> SVG, so that pages need no renderer. */

import ms from "milsymbol";

/** Standard identities: unknown, friend, neutral, hostile. The frame's shape carries them. */
const IDENTITIES = ["1", "3", "4", "6"];
/** Present, and planned or suspected, whose frame is dashed. */
const STATUSES = ["0", "1"];
/** Symbol set, headquarters and task force, echelon, entity: units by echelon, then equipment. */
const KINDS = [
  ...["00", "15", "16", "17", "18", "21", "22", "23"].map((echelon) => ["10", "0", echelon, "000000"]),
  ["10", "4", "16", "121000"],
  ...["120200", "120101", "120103", "111600", "110900", "111100", "111300", "140100", "150100", "150200"].map(
    (entity) => ["15", "0", "00", entity],
  ),
  ["01", "0", "00", "110100"],
  ["01", "0", "00", "110200"],
  ["30", "0", "00", "120000"],
];

/** @returns {Record<string, string>} SVG by code of twenty digits */
export function symbols() {
  /** @type {Record<string, string>} */
  const found = {};
  for (const [set, force, echelon, entity] of KINDS) {
    for (const identity of IDENTITIES) {
      for (const status of STATUSES) {
        const code = `100${identity}${set}${status}${force}${echelon}${entity}0000`;
        const symbol = new ms.Symbol(code, { size: 22, simpleStatusModifier: true });
        if (!symbol.isValid()) throw new Error(`milsymbol knows no symbol ${code}`);
        found[code] = symbol.asSVG();
      }
    }
  }
  return found;
}
