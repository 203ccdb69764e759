#!/usr/bin/env bash
# The demo on the user's own screen. $1: build folder. Ends when the desktop program is closed.
set -euo pipefail
build=$1
work=${XDG_DATA_HOME:-$HOME/.local/share}/cloudbell-demo
here=$(dirname "$0")
. "$here/common.sh"
trap stop_all EXIT
start_server
start_client
echo "Shop page:       $url/demo"
echo "Sign-in address: $url/online/1400000001"
echo "Agents:          agent1@demo.test, agent2@demo.test, agent3@demo.test; admin@demo.test; password: cloudbell"
echo "Close the desktop program to end the demo."
command -v xdg-open >/dev/null && xdg-open "$url/demo" >/dev/null 2>&1 &
wait "$client_pid" || true
