// Bundles the viewer, the report and the review page into one classic script each: module scripts do not run from file://. The output is
// never committed.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

await build({
  entryPoints: { viewer: "src/viewer/viewer.js", stems: "src/viewer/stems.js", report: "src/report/report.js", review: "src/review/review.js" },
  outdir: "../static",
  bundle: true,
  format: "iife",
  target: ["es2020"],
  charset: "utf8",
  minify: true,
  legalComments: "eof",
  logLevel: "warning",
});

// What is bundled goes with its licence wherever the viewer goes.
const { dependencies } = JSON.parse(readFileSync("package.json", "utf-8"));
const texts = Object.keys(dependencies).map((name) => {
  const folder = `node_modules/${name}`;
  const { version, license, author, homepage } = JSON.parse(readFileSync(`${folder}/package.json`, "utf-8"));
  const file = readdirSync(folder).find((own) => /^licen[sc]e/i.test(own));
  const by = typeof author === "string" ? author : author?.name;
  return [`${name} ${version}, ${license}`, by, homepage, file ? `\n${readFileSync(`${folder}/${file}`, "utf-8")}` : ""].filter(Boolean).join("\n");
});
writeFileSync("../static/licences.txt", `${texts.join("\n\n")}\n`);
