#!/usr/bin/env bash
# snowballstemmer 3.1.1 (Python) against snowball-stemmers 0.6.0 (JavaScript): one algorithm's name, different English stems.
#
# A static site whose index is stemmed in Python and whose questions are stemmed in the browser finds nothing for these words.
# Nothing says so: both libraries call it "english". snowballstemmer 2.2.0 agrees with the JavaScript twin on all of them.
# The rules changed with Snowball 3; the twin on npm has the older ones. What we do: docs/decisions/0013-viewer.md.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd -- "$folder"
python3 -m venv new >/dev/null
python3 -m venv old >/dev/null
new/bin/pip install --quiet --disable-pip-version-check snowballstemmer==3.1.1
old/bin/pip install --quiet --disable-pip-version-check snowballstemmer==2.2.0
npm install --silent --no-audit --no-fund --prefix . snowball-stemmers@0.6.0 >/dev/null

words="added adding emergency evening interfered interval organism psychologist letters"
in_python='import sys, snowballstemmer; stem = snowballstemmer.stemmer("english"); print(*(stem.stemWord(w) for w in sys.argv[1:]))'
in_javascript='const stem = require("snowball-stemmers").newStemmer("english"); console.log(process.argv.slice(1).map(w => stem.stem(w)).join(" "))'
# shellcheck disable=SC2086
{
  newer=$(new/bin/python -c "$in_python" $words)
  older=$(old/bin/python -c "$in_python" $words)
  twin=$(node -e "$in_javascript" $words)
}
printf '%-34s %s\n' "words" "$words" "snowballstemmer 3.1.1" "$newer" "snowballstemmer 2.2.0" "$older" "snowball-stemmers 0.6.0 (npm)" "$twin"

# Seen:
[ "$newer" = "add add emergenc evening interfer interval organism psycholog letter" ]
[ "$twin" = "ad ad emerg even interf interv organ psychologist letter" ]
[ "$older" = "$twin" ]
echo "as described"
