/** Bundle src/main.js into ../static: page.js, page.css, map symbols and the licence texts of it all. */
import { build } from "esbuild";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { symbols } from "./symbols.mjs";

const out = "../static";
mkdirSync(out, { recursive: true });

const result = await build({
  entryPoints: { page: "src/main.js" },
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome100", "firefox113", "safari16.4"],
  charset: "utf8",
  legalComments: "none",
  loader: { ".png": "dataurl", ".json": "json" },
  metafile: true,
  logLevel: "warning",
});

copyFileSync("src/words.json", join(out, "words.json"));
writeFileSync(join(out, "symbols.json"), JSON.stringify(symbols()));

const packages = new Set([
  "milsymbol",
  ...Object.keys(result.metafile.inputs)
    .filter((path) => path.startsWith("node_modules/"))
    .map((path) => path.split("/").slice(1, path.includes("/@") ? 3 : 2).join("/")),
]);

/** @param {string} name of a package @returns {string} its name, version and licence text */
function licence(name) {
  const folder = join("node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : "";
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

const texts = [...packages].sort().map(licence);
writeFileSync(join(out, "THIRD_PARTY.txt"), texts.join(`\n${"-".repeat(78)}\n\n`));
