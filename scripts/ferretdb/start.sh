#!/usr/bin/env bash
# Starts the FerretDB that scripts/prepare-ferretdb.sh prepared, on 127.0.0.1 with empty data, until its stdin ends
# (Ctrl-D in a terminal). The tests start it so; by hand, with a port: scripts/ferretdb/start.sh 27017
#
#   start.sh [PORT, 0 for any] [SYNCHRONOUS_COMMIT: off (default) or on, for who kills it]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
image="${MOTCUA_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/motcua-id/ferretdb-2.7.0}/image"
if [ ! -e "$image/var/lib/motcua-template.tar" ]; then
  echo "FerretDB is not prepared in $image: run scripts/prepare-ferretdb.sh" >&2
  exit 2
fi
owner=$(stat -c %u "$image/var/lib/postgresql")
group=$(stat -c %g "$image/var/lib/postgresql")
run=(/usr/bin/env -i /bin/sh -c "$(sed "/^ *#/d" "$here/serve.sh")" serve.sh "${1:-0}" "${2:-off}")
# PostgreSQL refuses to run as root. Who is not root enters the image by a user namespace of their own.
if [ "$(id -u)" = 0 ]; then
  exec chroot --userspec="$owner:$group" --groups= "$image" "${run[@]}"
fi
if ! unshare --user true 2>/dev/null; then
  echo "FerretDB is prepared in $image, but only root may start it here: user namespaces are off" >&2
  exit 2
fi
exec unshare --user --map-user="$owner" --map-group="$group" --root="$image" --wd=/ "${run[@]}"
