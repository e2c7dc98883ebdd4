#!/usr/bin/env bash
# Real parts that the tests run against. Quiet when all are there.
#   real-parts.sh [true]   true: install what is missing (root, Debian); else say in one line what is missing, and fail.
# Installed services are never started here: tests start their own, on loopback, and end them.
set -euo pipefail
PATH="$PATH:/usr/sbin:/sbin"

missing=()
needs() { # package, then any of the programs that prove it
    local package=$1 program
    shift
    for program in "$@"; do
        if command -v "$program" >/dev/null || [ -x "$program" ]; then return; fi
    done
    missing+=("$package")
}
look() {
    missing=()
    needs mosquitto mosquitto
    needs mosquitto-clients mosquitto_pub
    needs openssh-server sshd
    needs openssh-client ssh-keygen
    needs nut-server /lib/nut/dummy-ups /usr/lib/nut/dummy-ups /usr/libexec/nut/dummy-ups
    needs nut-client upsc
    needs iproute2 ip
    needs procps ps
    needs strace strace
    needs faketime faketime
    needs sudo visudo
    needs prometheus promtool
    needs dnsmasq-base dnsmasq
    needs postfix postqueue
}

look
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "${1:-false}" != true ] || [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "tests need ${missing[*]}: run 'mvn verify -Dreal-parts.install=true' as root on Debian, or apt-get install ${missing[*]}" >&2
    exit 1
fi

policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
fi
log=$(mktemp)
echo "installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -q && apt-get install -q -y --no-install-recommends "${missing[@]}"; } </dev/null >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "installing ${missing[*]} failed; the whole story is in $log" >&2
    exit 1
fi
rm -f "$log"
look
if [ ${#missing[@]} -ne 0 ]; then
    echo "tests still need ${missing[*]} after the installation" >&2
    exit 1
fi
