# Sourced by interactive.sh and headless.sh: $build is the build folder, $work where the demo keeps its files.

# Starts the server on any free port; sets $server_pid and $url.
start_server() {
    mkdir -p "$work/data"
    : >"$work/server.out" # read below, perhaps before the server's shell has made it
    "$build/server/app/cloudbell-server" --data "$work/data" --listen "127.0.0.1:${CLOUDBELL_DEMO_PORT:-0}" --demo \
        >"$work/server.out" 2>"$work/server.log" &
    server_pid=$!
    for _ in $(seq 100); do
        url=$(sed -n 's/^listening on //p' "$work/server.out")
        [ -n "$url" ] && return 0
        kill -0 "$server_pid" 2>/dev/null || break
        sleep 0.1
    done
    echo "The server did not start; its log:" >&2
    tail -n 20 "$work/server.log" >&2
    return 1
}

# The desktop program, signed in as a demo agent; sets $client_pid.
start_client() {
    CLOUDBELL_PASSWORD=cloudbell "$build/client/app/cloudbell" --folder "$work/client" --email agent1@demo.test \
        "$url/online/1400000001" >"$work/client.log" 2>&1 &
    client_pid=$!
}

stop_all() {
    for pid in ${client_pid:-} ${server_pid:-}; do
        kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true
    done
}
