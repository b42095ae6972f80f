// Bundles the viewer into one classic script: module scripts do not run from file://. Output is never committed.
import { build } from "esbuild";

await build({
  entryPoints: ["src/viewer.js", "src/stems.js"],
  outdir: "../static",
  bundle: true,
  format: "iife",
  target: ["es2020"],
  charset: "utf8",
  minify: true,
  legalComments: "eof",
  logLevel: "warning",
});
