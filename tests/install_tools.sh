#!/bin/sh
# What `make test` needs beside Python packages: a Chromium and a Redis server. What cannot be had is only named here;
# the suite leaves its tests out and says so at the end.
playwright=$1

have() { command -v "$1" >/dev/null 2>&1; }
have_chromium() { [ -n "${BANTRON_TEST_CHROMIUM:-}" ] || have chromium || have chromium-browser || have google-chrome; }
apt_install() {
    [ "$(id -u)" = 0 ] && have apt-get || return 1
    echo "Installing $* with apt-get"
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 && return
    apt-get update -qq >/dev/null 2>&1
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

have_chromium || apt_install chromium fonts-noto-core || timeout 600 "$playwright" install chromium \
    || echo "No Chromium to be had: the browser tests will be left out."
have redis-server || apt_install redis-server \
    || echo "No Redis server to be had: its tests use one on 127.0.0.1:6379, else they are left out."
