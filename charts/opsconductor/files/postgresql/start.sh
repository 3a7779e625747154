# Begins with an empty volume, or takes up the databases that are there. Each time the two roles get the passwords of
# their Secrets, so that a restart is all that a changed password needs.
set -euo pipefail

home=/var/lib/postgresql/opsconductor
given=/etc/opsconductor/postgresql
server=(postgres
  -c hba_file="$given/pg_hba.conf" -c password_encryption=scram-sha-256
  -c ssl=on -c ssl_min_protocol_version=TLSv1.3
  -c ssl_cert_file=/etc/opsconductor/tls/tls.crt -c ssl_key_file=/etc/opsconductor/tls/tls.key)

if ! test -d "$home/data"; then
  # Made beside and put in its place as a whole: what was broken off is begun anew. The image wants a password for the
  # superuser; nobody needs it, because pg_hba.conf lets the superuser in from inside the container alone.
  rm -rf "$home/new"
  PGDATA="$home/new" POSTGRES_PASSWORD="$(head -c 32 /dev/urandom | base64 -w 0)" docker-ensure-initdb.sh "${server[@]}"
  mv "$home/new" "$home/data"
else
  for part in chatbot runner; do
    role=$(cat "$given/$part.role")
    password=$(sed "s/'/''/g" "/etc/opsconductor/passwords/$part/password")
    printf "alter role \"%s\" password '%s'\n" "$role" "$password"
  done | postgres --single -D "$home/data" postgres >/dev/null
fi

export PGDATA="$home/data"
exec "${server[@]}"
