#!/usr/bin/env bash
# Every page and dialog as a picture. $1: build folder, $2: where the pictures go.
set -euo pipefail
build=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
chmod 700 "$home"
export HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_CACHE_HOME=$home/cache XDG_RUNTIME_DIR=$home
export QT_QPA_PLATFORM=offscreen TZ=Asia/Shanghai LANG=C.UTF-8 LC_ALL=C.UTF-8
unset DBUS_SESSION_BUS_ADDRESS PULSE_SERVER
rm -f "$out"/*-{light,dark}-{en,zh_CN}-{100,150}.png
failed=0
pids=()
for scale in 1 1.5; do
    QT_SCALE_FACTOR=$scale timeout 600 "$build/tests/e2e/tour/cloudbell-tour" "$out" &
    pids+=($!)
done
for pid in "${pids[@]}"; do
    wait "$pid" || failed=1
done
echo "$(find "$out" -name '*.png' | wc -l) pictures in $out"
exit $failed
