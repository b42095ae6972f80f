#!/usr/bin/env bash
# manifesto.js 4.3.5, which Mirador stands on: a range whose item is part of a canvas.
#
# IIIF Presentation 3 lets a range (a chapter) name part of a canvas in two ways: as a canvas whose id ends in #xywh=..., or as
# a SpecificResource with the canvas as its source. Of the second manifesto finds no canvas at all, and says nothing: the chapter stands in the
# table of contents and leads nowhere. A source written as a plain id fares no better. What we do: docs/decisions/0011-iiif.md.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd -- "$folder"
npm install --silent --no-audit --no-fund --prefix . manifesto.js@4.3.5 >/dev/null
seen=$(node -e '
const { parseManifest } = require("manifesto.js");
const canvas = "https://example.org/canvas/1";
const selector = { type: "FragmentSelector", value: "xywh=0,0,5,5" };
const items = [
  { id: `${canvas}#xywh=0,0,5,5`, type: "Canvas" },
  { type: "SpecificResource", source: { id: canvas, type: "Canvas" }, selector },
  { type: "SpecificResource", source: canvas, selector },
];
for (const item of items) {
  const manifest = parseManifest({
    "@context": "http://iiif.io/api/presentation/3/context.json",
    id: "https://example.org/manifest", type: "Manifest", label: { en: ["Diary"] },
    items: [{ id: canvas, type: "Canvas", width: 10, height: 10, items: [] }],
    structures: [{ id: "https://example.org/range/1", type: "Range", label: { en: ["29 July"] }, items: [item] }],
  });
  console.log(JSON.stringify(manifest.getRangeById("https://example.org/range/1").getCanvasIds()));
}')
echo "$seen"

# Seen: the canvas, then nothing, then nothing.
[ "$seen" = '["https://example.org/canvas/1#xywh=0,0,5,5"]
[]
[]' ]
echo "as described"
