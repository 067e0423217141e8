#!/usr/bin/env bash
# Prepares a MongoDB-compatible server for the tests, once a machine. See --help.
set -euo pipefail
umask 022
here=$(cd "$(dirname "$0")" && pwd)
cache=${MOTCUA_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/motcua-id/ferretdb-2.7.0}
# What is prepared, by this line in the file `ready`: change it, and the next run prepares anew.
recipe='FerretDB 2.7.0, PostgreSQL 18 with DocumentDB from Debian forky, recipe 1'
mirror=${MOTCUA_DEBIAN_MIRROR:-http://deb.debian.org/debian}
steps=5
megabytes=3000
child=

usage() {
  cat <<END
Prepares a MongoDB-compatible server for the tests ('npm test' itself installs nothing).

  scripts/prepare-ferretdb.sh              a mongod, where one is installed or can be downloaded; FerretDB 2.7.0 over
                                           PostgreSQL 18 with DocumentDB elsewhere
  scripts/prepare-ferretdb.sh --ferretdb   FerretDB in any case

FerretDB needs Linux, Go 1.25 or newer, root, 3 GB of disk and about three minutes; a second run is done at once, an
interrupted one goes on where it was. The tests then need root or user namespaces. It is kept in

  $cache

which MOTCUA_CACHE changes and which may be removed at any time. Packages come from the Go module proxy and from
$mirror (MOTCUA_DEBIAN_MIRROR).
END
}

refuse() {
  printf '%s\n' "$@" >&2
  exit 1
}

# Takes away whatever an interrupted step left: its processes, and what debootstrap mounted.
clean_up() {
  if [ -n "$child" ]; then
    kill -TERM -- "-$child" 2>/dev/null || true
    sleep 1
    kill -KILL -- "-$child" 2>/dev/null || true
  fi
  { awk -v under="$cache/" 'index($5, under) == 1 { print $5 }' /proc/self/mountinfo | sort -r | while read -r mount; do
    umount --lazy "$mount"
  done; } 2>/dev/null || true
}

# What went wrong, in a sentence where the log names a common reason.
explain() {
  tail -n 15 "$1" | sed 's/^/    /' >&2
  if grep -qiE 'could not resolve|no such host|temporary failure resolving|connection refused|connection timed out|i/o timeout|network is unreachable|unable to connect|failed getting release|couldn.t download|403 ' "$1"; then
    echo "The network did not give what this step needs: the Go module proxy and $mirror have to be reachable." >&2
  elif grep -qi 'no space left' "$1"; then
    echo "The disk is full." >&2
  fi
  echo "The whole log is $1; run the script again to go on from this step." >&2
}

# step NUMBER WORDS FUNCTION: runs it in a session of its own, and says how long it takes while it does.
step() {
  local log="$cache/step-$1.log" started=$SECONDS said=$SECONDS
  if [ -t 1 ]; then printf '[%s/%s] %s …' "$1" "$steps" "$2"; else printf '[%s/%s] %s …\n' "$1" "$steps" "$2"; fi
  setsid setpriv --pdeathsig TERM "${isolated[@]}" bash -euo pipefail -c "$3" >"$log" 2>&1 </dev/null &
  child=$!
  while kill -0 "$child" 2>/dev/null; do
    sleep 0.2
    if [ -t 1 ]; then
      printf '\r[%s/%s] %s … %s s' "$1" "$steps" "$2" "$((SECONDS - started))"
    elif [ $((SECONDS - said)) -ge 20 ]; then
      said=$SECONDS
      printf '      … %s s: %s\n' "$((SECONDS - started))" "$(tail -n 1 "$log" | cut -c 1-80)"
    fi
  done
  local code=0
  wait "$child" || code=$?
  child=
  if [ -t 1 ]; then printf '\r'; fi
  if [ "$code" = 0 ]; then
    printf '[%s/%s] %s … %s s\n' "$1" "$steps" "$2" "$((SECONDS - started))"
  fi
  return "$code"
}

demanded_step() {
  step "$@" || { printf '[%s/%s] %s … failed\n' "$1" "$steps" "$2" >&2; explain "$cache/step-$1.log"; exit 1; }
}

# Everything that stands in the way, at once.
check_machine() {
  local problems=() minor free
  if ! command -v go >/dev/null; then
    problems+=('- Go is not installed: version 1.25 or newer builds FerretDB (https://go.dev/dl/).')
  else
    minor=$(go env GOVERSION | sed -n 's/^go1\.\([0-9]*\).*/\1/p')
    if [ "${minor:-0}" -lt 25 ]; then problems+=("- $(go env GOVERSION) is too old to build FerretDB: 1.25 or newer is needed."); fi
  fi
  if [ "$(id -u)" != 0 ]; then
    problems+=("- Only root can install Debian packages into a folder: sudo env PATH=\"\$PATH\" MOTCUA_CACHE='$cache' $0 $*")
  elif ! command -v debootstrap >/dev/null && ! command -v apt-get >/dev/null; then
    problems+=('- debootstrap is not installed, and there is no apt-get to install it with.')
  fi
  free=$(df -Pm "$cache" | awk 'NR == 2 { print $4 }')
  if [ "$free" -lt "$megabytes" ]; then problems+=("- $cache has $free MB of disk left; $megabytes MB are needed."); fi
  if [ "${#problems[@]}" -gt 0 ]; then refuse 'FerretDB cannot be prepared here:' "${problems[@]}"; fi
}

download_mongod() {
  PATH="$here/../node_modules/.bin:$PATH" node "$here/download-mongod.ts"
}

build_ferretdb() {
  cd "$here/ferretdb"
  GOTOOLCHAIN=local GOFLAGS='-mod=readonly -buildvcs=false' CGO_ENABLED=0 \
    go build -trimpath -o "$cache/ferretdb.new" github.com/FerretDB/FerretDB/v2/cmd/ferretdb
  mv "$cache/ferretdb.new" "$cache/ferretdb"
}

# An older debootstrap does not know this release by name; its recipe for sid fits every later one.
bootstrap_debian() {
  if ! command -v debootstrap >/dev/null; then
    apt-get update
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends debootstrap debian-archive-keyring
  fi
  rm -rf "$cache/image.new"
  debootstrap --variant=minbase forky "$cache/image.new" "$mirror" sid
  touch "$cache/image.new/base-is-complete"
}

inside() {
  chroot "$cache/image.new" env -u TMPDIR DEBIAN_FRONTEND=noninteractive LC_ALL=C "$@"
}

install_postgresql() {
  cd "$cache/image.new"
  cp /etc/resolv.conf etc/resolv.conf
  # Nothing is to be started, created or mounted: systemd-tmpfiles would insist on /proc.
  printf '#!/bin/sh\nexit 101\n' >usr/sbin/policy-rc.d
  chmod 755 usr/sbin/policy-rc.d
  mkdir -p etc/postgresql-common/createcluster.d etc/dpkg/dpkg.cfg.d
  echo 'create_main_cluster = false' >etc/postgresql-common/createcluster.d/none.conf
  printf '%s\n' force-unsafe-io 'path-exclude=/usr/share/doc/*' 'path-exclude=/usr/share/man/*' >etc/dpkg/dpkg.cfg.d/small
  inside dpkg-divert --local --rename --add /usr/bin/systemd-tmpfiles
  ln -sf true usr/bin/systemd-tmpfiles
  inside dpkg --configure -a
  # By the package lists that debootstrap has just fetched: a second look at a frozen mirror finds them expired.
  inside apt-get install --yes --no-install-recommends -o Acquire::Retries=3 postgresql-18-documentdb
  rm -rf var/cache/apt/* var/lib/apt/lists/*
}

prepare_database() {
  local owner
  owner=$(stat -c %u:%g "$cache/image.new/var/lib/postgresql")
  install -m 755 "$cache/ferretdb" "$cache/image.new/usr/local/bin/ferretdb"
  chroot --userspec="$owner" --groups= "$cache/image.new" /usr/bin/env -i /bin/sh -c "$(cat "$here/ferretdb/make-template.sh")"
  install -m 644 "$cache/image.new/tmp/template/template.tar" "$cache/image.new/var/lib/motcua-template.tar"
  rm -rf "$cache/image.new/tmp/template"
  # A server that runs in the old one goes on until its files are gone.
  if [ -e "$cache/image" ]; then mv "$cache/image" "$cache/image.old"; fi
  mv "$cache/image.new" "$cache/image"
  MOTCUA_CACHE="$cache" "$here/ferretdb/start.sh" </dev/null
  echo "$recipe" >"$cache/ready"
}

# Where it may be had, a step runs apart from the system's processes and mounts: they end with it, however it ends.
isolate() {
  isolated=()
  local apart=(unshare --mount --pid --fork --kill-child)
  if [ "$(id -u)" = 0 ] && "${apart[@]}" true 2>/dev/null; then isolated=("${apart[@]}"); fi
}

# A mongod is preferred by the tests, and then nothing has to be prepared.
settle_with_mongod() {
  if [ -n "${MONGODB_URI:-}" ]; then echo 'ready: MONGODB_URI names a server'; exit 0; fi
  if command -v mongod >/dev/null; then echo "ready: $(command -v mongod) is installed"; exit 0; fi
}

try_mongod() {
  if step 1 'downloading a mongod' download_mongod; then
    echo "ready: $(tail -n 1 "$cache/step-1.log")"
    exit 0
  fi
  echo "[1/$steps] downloading a mongod … not possible here ($(tail -n 1 "$cache/step-1.log" | cut -c 1-100)): FerretDB it is"
}

main() {
  local only_ferretdb=
  case ${1:-} in
    -h | --help) usage; exit 0 ;;
    --ferretdb) only_ferretdb=yes ;;
    '') ;;
    *) usage >&2; exit 2 ;;
  esac
  if [ -z "$only_ferretdb" ]; then settle_with_mongod; fi
  if [ "$(uname -s)" != Linux ]; then refuse 'FerretDB can be prepared on Linux only: install a mongod, or name a server in MONGODB_URI.'; fi
  mkdir -p "$cache"
  cache=$(cd "$cache" && pwd -P)
  if [ "$(cat "$cache/ready" 2>/dev/null)" = "$recipe" ]; then echo "ready: $recipe, in $cache"; exit 0; fi
  exec 9>"$cache/lock"
  flock --nonblock 9 || { echo 'another run is preparing it: waiting for that one'; flock 9; exec "$0" "$@"; }
  isolate
  trap clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  export here cache mirror recipe
  export -f download_mongod build_ferretdb bootstrap_debian inside install_postgresql prepare_database
  if [ -n "$only_ferretdb" ]; then echo "[1/$steps] downloading a mongod … not asked for"; else try_mongod; fi
  check_machine "$@"
  rm -f "$cache/ready"
  demanded_step 2 "building FerretDB 2.7.0 with $(go env GOVERSION)" build_ferretdb
  # After a day its package lists name packages that the mirror has replaced.
  if [ -n "$(find "$cache/image.new/base-is-complete" -mtime -1 2>/dev/null)" ]; then
    echo "[3/$steps] installing a small Debian … done earlier"
  else
    demanded_step 3 'installing a small Debian' bootstrap_debian
  fi
  demanded_step 4 'installing PostgreSQL 18 with DocumentDB into it' install_postgresql
  demanded_step 5 'preparing an empty database' prepare_database
  rm -rf "$cache/image.old" "$cache/ferretdb" "$cache"/step-*.log
  echo "ready: $recipe, in $cache ($(du -sm "$cache" | cut -f 1) MB)"
}

main "$@"
