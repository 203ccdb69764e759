#!/usr/bin/env bash
# Runs the benchmarks of build folder $1 and prints one Markdown report. $2: only those whose name matches.
set -euo pipefail
build=$1
only=${2:-.}
echo "# Benchmark run"
echo
echo "- machine: $(nproc) × $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -n 1), $(awk '/MemTotal/ {printf "%.0f GB", $2 / 1048576}' /proc/meminfo)"
echo "- system: $(. /etc/os-release && echo "$PRETTY_NAME"), kernel $(uname -r)"
echo "- build: $(git describe --always --dirty), $(c++ --version | head -n 1), Release"
for bench in "$build"/tests/bench/bench_*; do
    name=$(basename "$bench")
    { [ -x "$bench" ] && [ -f "$bench" ] && echo "$name" | grep -qE "$only"; } || continue
    printf '\n## %s\n\n' "$name"
    case $name in
    bench_load)
        "$bench"
        printf '\nWith 5 ms added to each fsync:\n\n'
        "$bench" --slow-sync 5000
        printf '\nOn a file of 4 million messages:\n\n'
        "$bench" --history 4000000 --seconds 30
        printf '\nOver TLS:\n\n'
        "$bench" --tls
        printf '\nBackup under load:\n\n'
        "$bench" --backup 1000000
        printf '\nSoak:\n\n'
        "$bench" --soak "${CLOUDBELL_SOAK_MINUTES:-10}"
        ;;
    *)
        echo '```'
        "$bench"
        echo '```'
        ;;
    esac
done
tour=$build/tests/e2e/tour/cloudbell-tour
if [ -x "$tour" ] && echo desktop | grep -qE "$only"; then
    printf '\n## desktop\n\n```\n'
    home=$(mktemp -d)
    trap 'rm -rf "$home"' EXIT
    HOME=$home XDG_RUNTIME_DIR=$home QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 "$tour" --bench
    echo '```'
fi
