#!/bin/sh
# Unpacks Redis into a folder from this machine's own Debian or Ubuntu package sources: no root, nothing installed.
# Usage: fetch-redis.sh <folder>. The folder appears whole or not at all; when two run at once, the first one counts.
set -eu

destination=$1
parent=$(dirname "$destination")
mkdir -p "$parent"
# Beside the destination, so that the last step is one rename inside one file system.
work=$(mktemp -d "$parent/.fetch-redis.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/packages" "$work/root"

lists=/var/lib/apt/lists
options() {
  printf '%s\n' -o Dir::State::lists="$lists" -o Dir::State::status=/var/lib/dpkg/status -o Dir::Cache="$work" \
    -o APT::Sandbox::User= -o Debug::NoLocking=1 -o Acquire::Languages=none -o Acquire::Retries=2
}

dependencies_of() {
  apt-cache $(options) depends --important "$@" | sed -n 's/^ *|\{0,1\}\(Pre\)\{0,1\}Depends: \(\(lib\|lua\)[a-z0-9.+-]*\)$/\2/p' |
    sort -u | while read -r name; do
    dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed || echo "$name"
  done
}

# The libraries Redis needs beyond what is installed, and what those need.
missing_libraries() {
  direct=$(dependencies_of redis-server redis-tools)
  { echo "$direct"; [ -z "$direct" ] || dependencies_of $direct; } | sort -u
}

download() {
  apt-cache $(options) show redis-server >/dev/null 2>&1 || return 1
  echo 'downloading the packages'
  (cd "$work/packages" && apt-get -qq $(options) download redis-server redis-tools $(missing_libraries))
}

# The lists the machine already has save half a minute; they may be absent or too old to download from.
if ! download 2>/dev/null; then
  echo 'reading the package lists'
  lists="$work/lists"
  apt-get -qq $(options) update
  rm -f "$work"/*.bin
  download
fi

echo 'unpacking'
for package in "$work"/packages/*.deb; do
  dpkg-deb -x "$package" "$work/root"
done
chmod 755 "$work/root"
if [ ! -e "$destination" ]; then
  mv -T "$work/root" "$destination" 2>/dev/null || [ -x "$destination/usr/bin/redis-server" ]
fi
