#!/usr/bin/env bash
# `make image`: build the image and prove what docs/docker.md says of it.
#
# A Docker engine that already runs is used. Without one, root on Debian or Ubuntu gets one of its own
# (package docker.io, own folder and socket, no bridge, no firewall rules) that ends with this script.
# Where the base image cannot be pulled, a stand-in is made of Debian packages; it alone knows about
# the certificates and pip settings of this machine. PYTHON_IMAGE=... names a base to use instead.
# Ends and removes only what it made; the built image stays in an engine that was already running.
set -euo pipefail
cd "$(dirname "$0")/.."

base=${PYTHON_IMAGE:-python:3.13-slim}
image=liaison-monitor
work=$(mktemp -d "${TMPDIR:-/tmp}/monitor-image.XXXXXX")
name=monitor-image-$$
volume=$name-data
engine_pid=
docker=(docker)

say() { printf '%s\n' "$*"; }
fail() { say "make image: $*" >&2; exit 1; }
now() { date +%s.%N; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.1f s", b - a }'; }
megabytes() { awk -v b="$1" 'BEGIN { printf "%.0f MB", b / 1000000 }'; }

clean_up() {
    "${docker[@]}" rm -f "$name" >/dev/null 2>&1 || true
    "${docker[@]}" volume rm "$volume" >/dev/null 2>&1 || true
    if [ -n "$engine_pid" ]; then
        kill "$engine_pid" 2>/dev/null || true
        wait "$engine_pid" 2>/dev/null || true
        umount "$work"/exec/netns/* 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap clean_up EXIT

install_packages() {  # only those whose program is missing: PROGRAM PACKAGE ...
    local missing=()
    while [ $# -gt 0 ]; do
        command -v "$1" >/dev/null || missing+=("$2")
        shift 2
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "installing ${missing[*]}"
    apt-get update -qq >"$work/apt.log" 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" \
        >>"$work/apt.log" 2>&1 || { tail -5 "$work/apt.log" >&2; fail "cannot install ${missing[*]}"; }
}

find_engine() {
    if command -v docker >/dev/null && docker info >/dev/null 2>&1; then
        say "engine: the one that is running"
        return
    fi
    [ "$(id -u)" = 0 ] || fail "no Docker engine answers: start one, or run this as root on Debian"
    install_packages dockerd docker.io
    local socket=$work/docker.sock started
    # Its own client belongs to it; another one in PATH may not know how to talk to it.
    docker=(/usr/bin/docker --host "unix://$socket")
    started=$(now)
    dockerd --data-root "$work/docker" --exec-root "$work/exec" --pidfile "$work/dockerd.pid" \
        --host "unix://$socket" --bridge=none --iptables=false >"$work/dockerd.log" 2>&1 &
    engine_pid=$!
    for _ in $(seq 150); do
        if "${docker[@]}" info >/dev/null 2>&1; then
            say "engine: own dockerd, up after $(since "$started")"
            return
        fi
        kill -0 "$engine_pid" 2>/dev/null || break
        sleep 0.2
    done
    tail -5 "$work/dockerd.log" >&2
    fail "dockerd did not start"
}

find_base() {
    if "${docker[@]}" image inspect "$base" >/dev/null 2>&1; then
        say "base: $base"
    elif timeout 120 "${docker[@]}" pull --quiet "$base" >/dev/null 2>"$work/pull.log"; then
        say "base: $base, pulled"
    elif [ -n "${PYTHON_IMAGE:-}" ] || [ "$(id -u)" != 0 ]; then
        fail "cannot pull $base: $(tail -1 "$work/pull.log")"
    else
        make_stand_in
    fi
}

make_stand_in() {
    local started index
    started=$(now)
    install_packages mmdebstrap mmdebstrap
    {
        echo '[global]'
        echo 'cert = /etc/ssl/certs/ca-certificates.crt'
        index=${PIP_INDEX_URL:-$(python3 -m pip config get global.index-url 2>/dev/null || true)}
        [ -z "$index" ] || echo "index-url = $index"
    } >"$work/pip.conf"
    mmdebstrap --quiet --variant=minbase \
        --include=ca-certificates,python3,python3-venv,python3-pip \
        --customize-hook="upload /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt" \
        --customize-hook="upload $work/pip.conf /etc/pip.conf" \
        trixie "$work/base.tar" >"$work/mmdebstrap.log" 2>&1 \
        || { tail -5 "$work/mmdebstrap.log" >&2; fail "cannot make a stand-in for $base"; }
    base=$image-stand-in
    "${docker[@]}" import "$work/base.tar" "$base" >/dev/null
    rm "$work/base.tar"
    say "base: a stand-in of Debian trixie, made in $(since "$started") (no image registry in reach)"
}

build() {
    local started
    started=$(now)
    "${docker[@]}" build --network host --build-arg "PYTHON_IMAGE=$base" --tag "$image" . \
        >"$work/build.log" 2>&1 || { tail -30 "$work/build.log" >&2; fail "the build failed"; }
    say "build: $(since "$started")"
    local all below
    all=$("${docker[@]}" image inspect --format '{{.Size}}' "$image")
    below=$("${docker[@]}" image inspect --format '{{.Size}}' "$base")
    say "size: $(megabytes "$all"), of which the base $(megabytes "$below") and we $(megabytes $((all - below)))"
}

write_config() {  # a feed that the container serves to itself: it has no network
    local config=$work/config
    mkdir -p "$config/sources" "$config/topics" "$config/www"
    cp config/topics/liaison-office.yaml "$config/topics/"
    cat >"$config/monitor.yaml" <<'END'
topics: [liaison-office]
channels:
  console: {url: "console://"}
END
    cat >"$config/sources/self.yaml" <<'END'
sources:
  - {id: self, url: "http://127.0.0.1:8099/rss.xml", outlet: Self, every: 5s, allow_private: true}
END
    {
        echo '<?xml version="1.0"?><rss version="2.0"><channel><title>Self</title>'
        for title in "Liaison office in Kaesong reopens" "Rain on Monday" "Harvest begins in the south"; do
            echo "<item><title>$title</title><guid>${title// /-}</guid></item>"
        done
        echo '</channel></rss>'
    } >"$config/www/rss.xml"
    chmod -R a+rX "$work/config"
    chmod a+x "$work"
}

locked_down=(--network none --read-only --cap-drop ALL --security-opt no-new-privileges --tmpfs /tmp)

in_container() { "${docker[@]}" exec "$name" "$@"; }

rows() {  # what is remembered: articles, entries, decisions
    in_container python -c '
from pathlib import Path
from monitor.store import Store
with Store.open(Path("/data/monitor.db"), create=False) as store:
    counts = store.counts()
    print(counts.sources, counts.articles, counts.entries, counts.ledger, store.integrity())
'
}

serve_feed() {
    "${docker[@]}" exec --detach "$name" \
        python -m http.server 8099 --bind 127.0.0.1 --directory /app/config/www
}

wait_until() {  # SECONDS WHAT COMMAND ...
    local end=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        if [ $SECONDS -ge $end ]; then
            "${docker[@]}" logs --tail 20 "$name" >&2 || true
            fail "$what: not within time"
        fi
        sleep 0.2
    done
}

is_healthy() { [ "$("${docker[@]}" inspect --format '{{.State.Health.Status}}' "$name")" = healthy ]; }
has_read() { rows | grep -q '^1 3 3 '; }

prove() {
    local started before
    "${docker[@]}" run --rm "${locked_down[@]}" "$image" check >/dev/null \
        || fail "the shipped configuration does not pass its own check"
    write_config
    started=$(now)
    "${docker[@]}" run --detach --name "$name" "${locked_down[@]}" --health-interval 2s \
        --volume "$volume:/data" --volume "$work/config:/app/config:ro" "$image" >/dev/null
    wait_until 60 "first sign of life" in_container test -s /data/heartbeat.json
    say "start: $(since "$started") from 'docker run' to the first look for due sources"
    in_container monitor health >/dev/null || fail "monitor health says no"
    [ "$(in_container id -u):$(in_container id -g)" = 10001:10001 ] || fail "it does not run as 10001"
    if in_container touch /app/x 2>/dev/null; then fail "the root is not read-only"; fi
    in_container test -w /data || fail "/data cannot be written"
    serve_feed
    wait_until 150 "three articles" has_read  # the first read failed, so it waits a minute
    wait_until 60 "healthy" is_healthy
    say "runs: uid 10001, read-only root, no capabilities, no network, healthy"

    before=$(rows)
    "${docker[@]}" kill --signal KILL "$name" >/dev/null
    "${docker[@]}" start "$name" >/dev/null
    wait_until 60 "life after kill -9" in_container monitor health
    [ "$(rows)" = "$before" ] || fail "after kill -9 the rows are $(rows), they were $before"
    wait_until 60 "healthy after kill -9" is_healthy
    say "kill -9: restarted, state kept (sources, articles, entries, decisions, integrity: $before)"

    started=$(now)
    "${docker[@]}" stop --time 30 "$name" >/dev/null
    local code took
    took=$(since "$started")
    code=$("${docker[@]}" inspect --format '{{.State.ExitCode}}' "$name")
    [ "$code" = 0 ] || fail "docker stop ended it with $code"
    say "stop: exit 0 after $took"
    "${docker[@]}" start "$name" >/dev/null
    wait_until 60 "life after a stop" in_container monitor health
    [ "$(rows)" = "$before" ] || fail "after a stop the rows are $(rows), they were $before"
    say "restart: state kept"
}

prove_demo() {
    local started
    started=$(now)
    "${docker[@]}" rm -f "$name" >/dev/null
    "${docker[@]}" run --name "$name" "${locked_down[@]}" --volume "$volume:/data" "$image" \
        demo --folder /data/demo --kill 2 >"$work/demo.log" 2>&1 \
        || { tail -20 "$work/demo.log" >&2; fail "the demo failed in the container"; }
    say "demo: $(grep -o 'Nothing lost:.*' "$work/demo.log") ($(since "$started"))"
}

find_engine
find_base
build
prove
prove_demo
say "image $image: good"
