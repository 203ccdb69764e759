#!/usr/bin/env bash
# One whole conversation on a virtual screen. $1: build folder, $2: where the demo's files and screenshots go.
set -euo pipefail
build=$1
work=$2
here=$(cd "$(dirname "$0")" && pwd)
if [ "${CLOUDBELL_DEMO_INSIDE:-}" != 1 ]; then
    exec env CLOUDBELL_DEMO_INSIDE=1 xvfb-run -a -s "-screen 0 1600x1000x24" "$0" "$@"
fi
rm -rf "$work"
mkdir -p "$work/client" "$work/screenshots" "$work/home" "$work/runtime"
chmod 700 "$work/runtime"
export HOME=$work/home XDG_CONFIG_HOME=$work/home/config XDG_DATA_HOME=$work/home/data XDG_CACHE_HOME=$work/home/cache
export XDG_RUNTIME_DIR=$work/runtime LANG=${CLOUDBELL_DEMO_LANG:-zh_CN.UTF-8}
. "$here/common.sh"
trap stop_all EXIT
start_server
start_client
CLOUDBELL_URL=$url CLOUDBELL_CLIENT_PID=$client_pid CLOUDBELL_NPM_TESTS=$build/npm-tests \
    CLOUDBELL_SHOTS=$work/screenshots node "$here/scenario.mjs"
