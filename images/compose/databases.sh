#!/bin/sh
# Run once by the image of PostgreSQL, when its volume is new: a role and a database for each part. Neither role may open
# another database than its own, nobody comes in without TLS, and the administrator only from inside the container.
set -eu

setup=/docker-entrypoint-initdb.d/opsconductor

ask() {
  psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username postgres --dbname postgres "$@"
}

for part in chatbot runner; do
  ask --set "name=opsconductor_$part" --set "file=$setup/$part" <<'SQL'
\set password `cat :'file'`
create role :"name" login password :'password';
create database :"name" owner :"name" encoding 'UTF8' template template0;
revoke all on database :"name" from public;
SQL
done
ask <<'SQL'
revoke all on database postgres, template1 from public;
SQL

cat >"$PGDATA/pg_hba.conf" <<'TEXT'
local    all                   postgres                   peer
hostssl  opsconductor_chatbot  opsconductor_chatbot  all  scram-sha-256
hostssl  opsconductor_runner   opsconductor_runner   all  scram-sha-256
TEXT
