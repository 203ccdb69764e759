#!/usr/bin/env bash
# Fails when i18n/*.ts does not hold exactly the sources' strings, or has an unfinished one. --update writes them anew.
set -euo pipefail
cd "$(dirname "$0")/.."
lupdate=$(command -v lupdate6 || ls /usr/lib/qt6/bin/lupdate 2>/dev/null || command -v lupdate)
update() { "$lupdate" -silent -extensions cpp,h -I . -no-obsolete -locations none -source-language en client -ts "$@"; }
if [ "${1:-}" = --update ]; then
    update i18n/*.ts
    exit
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0
for file in i18n/*.ts; do
    copy="$scratch/$(basename "$file")"
    cp "$file" "$copy"
    update "$copy"
    if ! diff -q "$file" "$copy" >/dev/null; then
        echo "$file is not up to date: run ./dev translate"
        failed=1
    fi
    unfinished=$(grep -c 'type="unfinished"' "$file" || true)
    if [ "$unfinished" != 0 ]; then
        echo "$file has $unfinished unfinished strings"
        failed=1
    fi
done
# A class without its namespace is a context that nobody asks for: what lupdate could not resolve.
known=$(grep -rhoE 'QT_TRANSLATE_NOOP\("[A-Z][A-Za-z]*"|translate\("[A-Z][A-Za-z]*"|TR_FUNCTIONS\([A-Z][A-Za-z]*' client | grep -oE '[A-Z][A-Za-z]*$|[A-Z][A-Za-z]*"$' | tr -d '"' | sort -u)
for context in $(grep -hoE '<name>[A-Za-z]+</name>' i18n/*.ts | sed -E 's/<[^>]+>//g' | sort -u); do
    grep -qx "$context" <<<"$known" || { echo "i18n: nobody asks for context $context"; failed=1; }
done
exit $failed
