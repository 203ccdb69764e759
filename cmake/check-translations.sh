#!/usr/bin/env bash
# Fails when i18n/*.ts does not hold exactly the sources' strings, or has an unfinished one. --update writes them anew.
set -euo pipefail
cd "$(dirname "$0")/.."
lupdate=$(command -v lupdate6 || ls /usr/lib/qt6/bin/lupdate 2>/dev/null || command -v lupdate)
update() { "$lupdate" -silent -I . -no-obsolete -locations none -source-language en client -ts "$@"; }
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
exit $failed
