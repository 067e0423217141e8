# Runs PostgreSQL and FerretDB inside the prepared image, as an ordinary user, on a fresh copy of the prepared data.
# Says "ready <port> <version of PostgreSQL>" on stdout and obeys lines on stdin: "kill" ends both at once as a crash
# would, "start" brings them back on the same data and port. The end of stdin stops both and removes the data:
# whoever holds the other end of the pipe may die in any way, and nothing stays behind.
#
#   serve.sh PORT SYNCHRONOUS_COMMIT
set -eu
umask 077
port=$1
synchronous_commit=$2
PATH=/usr/local/bin:/usr/lib/postgresql/18/bin:/usr/bin:/bin
LC_ALL=C
export PATH LC_ALL
postgres=
ferretdb=
folder=

# A run that was itself killed left its folder; whoever still uses one holds its lock.
sweep() {
  for old in /tmp/run-*; do
    if [ -O "$old" ] && [ -e "$old/lock" ]; then flock --nonblock "$old/lock" rm -rf "$old" || true; fi
  done
}

# Another process that sweeps may take the folder before it is locked: then it is made again.
make_folder() {
  until [ -n "$folder" ] && [ -e "$folder/lock" ]; do
    folder=$(mktemp -d /tmp/run-XXXXXXXX)
    exec 8>"$folder/lock" || continue
    flock 8
  done
}

fail() {
  echo "$1" >&2
  tail -n 20 "$folder/$2.log" >&2
  exit 1
}

# Waits until the command succeeds, for as long as the process lives.
await() {
  name=$1
  process=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    kill -0 "$process" 2>/dev/null || fail "$name ended at its start" "$name"
    sleep 0.05
  done
}

start() {
  setpriv --pdeathsig QUIT postgres -D "$folder/data" \
    -c "unix_socket_directories=$folder" \
    -c "documentdb.localhost_connection_string=host=$folder" \
    -c "synchronous_commit=$synchronous_commit" </dev/null >>"$folder/postgres.log" 2>&1 &
  postgres=$!
  await postgres "$postgres" pg_isready --quiet --host="$folder" --username=postgres --dbname=postgres
  : >"$folder/ferretdb.log"
  setpriv --pdeathsig KILL ferretdb --postgresql-url="postgres://postgres@/postgres?host=$folder" \
    --listen-addr="127.0.0.1:$port" --debug-addr=- --no-auth --telemetry=disable \
    --state-dir="$folder" </dev/null >>"$folder/ferretdb.log" 2>&1 &
  ferretdb=$!
  await ferretdb "$ferretdb" grep -q 'Listening on TCP' "$folder/ferretdb.log"
  port=$(sed -n 's/.*Listening on TCP.*127\.0\.0\.1:\([0-9]*\).*/\1/p' "$folder/ferretdb.log" | head -n 1)
  echo "ready $port $(postgres --version | sed 's/.*(PostgreSQL) \([0-9.]*\).*/\1/')"
}

# QUIT is PostgreSQL's own crash: it saves nothing, and reaps its children where KILL leaves them to the system.
end() {
  if [ -n "$ferretdb" ]; then kill -KILL "$ferretdb" 2>/dev/null || true; fi
  if [ -n "$postgres" ]; then kill -QUIT "$postgres" 2>/dev/null || true; fi
  for process in $ferretdb $postgres; do wait "$process" 2>/dev/null || true; done
  postgres=
  ferretdb=
}

leave() {
  end
  if [ -n "$folder" ]; then rm -rf "$folder"; fi
}

trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
sweep
make_folder
mkdir "$folder/data"
tar -C "$folder/data" -xf /var/lib/motcua-template.tar
start
while read -r order; do
  case $order in
    kill) end && echo killed ;;
    start) start ;;
  esac
done
