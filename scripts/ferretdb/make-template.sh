# Makes the empty database that every start copies, inside the image and as an ordinary user: no server is started.
set -eu
umask 077
PATH=/usr/lib/postgresql/18/bin:/usr/bin:/bin
LC_ALL=C
export PATH LC_ALL
rm -rf /tmp/template
mkdir /tmp/template
cd /tmp/template
initdb --pgdata=data --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync --wal-segsize=4
# serve.sh adds what differs from start to start. At the usual second for `deadlock_timeout`, 200 writers of one row
# take 40 s. Without `fsync` a power failure of the machine loses everything: this data is for tests only.
cat >>data/postgresql.conf <<'END'
listen_addresses = ''
shared_preload_libraries = 'pg_cron,pg_documentdb_core,pg_documentdb'
cron.database_name = 'postgres'
cron.use_background_workers = on
documentdb_core.enableCollation = on
deadlock_timeout = 10ms
dynamic_shared_memory_type = mmap
fsync = off
END
echo 'create extension documentdb cascade' | postgres --single -j -D data postgres
tar -C data -cf template.tar .
