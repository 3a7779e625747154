hash=$(printf %s "$(cat /etc/opsconductor/redis/password)" | sha256sum | cut -d ' ' -f 1)
cat >/data/users.acl <<END
user default off
user runner on #$hash ~opsconductor:* resetchannels &opsconductor:* +@stream +@pubsub +@connection
END
exec valkey-server --aclfile /data/users.acl --dir /data --save '' --appendonly no \
  --maxmemory 96mb --maxmemory-policy noeviction \
  --port 0 --tls-port 6379 --tls-auth-clients no --tls-protocols TLSv1.3 \
  --tls-cert-file /etc/opsconductor/tls/tls.crt --tls-key-file /etc/opsconductor/tls/tls.key \
  --tls-ca-cert-file /etc/opsconductor/tls/ca.crt
