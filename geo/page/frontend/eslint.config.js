/** Rules for the page script beside its types: what is never meant, and what a page must not do. */

import js from "@eslint/js";
import globals from "globals";

const NEVER_MARKUP = ["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => ({
  property,
  message: "Text from outside is set as text, never as markup.",
}));
const NO_NETWORK = ["fetch", "XMLHttpRequest", "WebSocket", "EventSource"].map((name) => ({
  name,
  message: "A page calls no host.",
}));

export default [
  js.configs.recommended,
  {
    files: ["src/**/*.js"],
    languageOptions: { globals: globals.browser },
    rules: {
      "no-restricted-properties": ["error", ...NEVER_MARKUP],
      "no-restricted-globals": ["error", ...NO_NETWORK],
      "no-implied-eval": "error",
      "no-eval": "error",
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  {
    files: ["*.js", "*.mjs", "test/**/*.js"],
    languageOptions: { globals: globals.node },
    rules: { "prefer-const": "error", "no-var": "error", eqeqeq: "error" },
  },
];
