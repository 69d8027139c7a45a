#!/bin/sh
# What `make test` needs beside Python packages: a Chromium, a Redis server, an IMAP server, ical.js where there is Node.
# What cannot be had is only named here; the suite leaves its tests out and says so at the end.
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
node_modules=$(dirname "$playwright")/../node
{ have node && have npm && npm install --silent --no-audit --no-fund --prefix "$node_modules" ical.js@2 >/dev/null; } \
    || echo "No ical.js to be had: its readings of calendars will be left out."
have redis-server || apt_install redis-server \
    || echo "No Redis server to be had: its tests use one on 127.0.0.1:6379, else they are left out."
have dovecot || [ -x /usr/sbin/dovecot ] || apt_install dovecot-imapd \
    || echo "No Dovecot to be had: the tests of the mailbox will be left out."
