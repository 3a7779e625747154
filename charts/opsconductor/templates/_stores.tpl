{{/* Where the PostgreSQL server is; empty where each part has its store in a file. */}}
{{- define "opsconductor.storeHost" -}}
{{- if .Values.postgresql.bundled.enabled -}}
{{- if .Values.postgresql.host -}}{{- fail "postgresql.host and postgresql.bundled.enabled are both set: use one of them" -}}{{- end -}}
{{- include "opsconductor.fullname" . }}-postgresql
{{- else -}}
{{- .Values.postgresql.host -}}
{{- end -}}
{{- end -}}

{{/* Where the Redis or Valkey server is; empty where there is none. */}}
{{- define "opsconductor.redisHost" -}}
{{- $host := .Values.redis.host -}}
{{- if .Values.valkey.bundled.enabled -}}
{{- if $host -}}{{- fail "redis.host and valkey.bundled.enabled are both set: use one of them" -}}{{- end -}}
{{- $host = printf "%s-valkey" (include "opsconductor.fullname" .) -}}
{{- end -}}
{{- if and $host (not (include "opsconductor.storeHost" .)) -}}
{{- fail "redis.host or valkey.bundled.enabled is set, and there is no PostgreSQL: Redis and Valkey only hint at what runners share in a database. Set postgresql.host or postgresql.bundled.enabled as well." -}}
{{- end -}}
{{- $host -}}
{{- end -}}

{{/* (list $ "runner"): the Secret with the password of a part's role */}}
{{- define "opsconductor.storeSecret" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
{{- $named := (index $root.Values.postgresql $part).existingSecret -}}
{{- if and (not $named) (not $root.Values.postgresql.bundled.enabled) -}}{{- fail (printf "postgresql.host is set: postgresql.%s.existingSecret must name a Secret with password" $part) -}}{{- end -}}
{{- default (printf "%s-%s-store" (include "opsconductor.fullname" $root) $part) $named -}}
{{- end -}}

{{/* The Secret with the password of Redis or Valkey. */}}
{{- define "opsconductor.redisSecret" -}}
{{- if .Values.valkey.bundled.enabled -}}
{{- default (printf "%s-valkey" (include "opsconductor.fullname" .)) .Values.valkey.bundled.existingSecret -}}
{{- else -}}
{{- required "redis.host is set: redis.existingSecret must name a Secret with password" .Values.redis.existingSecret -}}
{{- end -}}
{{- end -}}

{{/* (list $ "runner"): the settings of a part's store, as a JSON mapping; empty for a file */}}
{{- define "opsconductor.store" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
{{- $server := $root.Values.postgresql -}}
{{- $bundled := $server.bundled.enabled -}}
{{- $store := dict -}}
{{- with include "opsconductor.storeHost" $root -}}
{{- $own := index $server $part -}}
{{- $store = dict "store.url" (printf "jdbc:postgresql://%s:%d/%s" . (ternary 5432 (int $server.port) $bundled) $own.database) "store.user" $own.user "store.tls" (ternary "verify" $server.tls $bundled) "store.password" "file:/etc/opsconductor/store/password" -}}
{{- if or $bundled $server.authorityConfigMap }}{{ $_ := set $store "store.authority" "/etc/opsconductor/store-authority/ca.crt" }}{{ end -}}
{{- /* Also for one, so that a second can come while the first works: one that does not share keeps all others out. */ -}}
{{- $_ := set $store (eq $part "runner" | ternary "store.shared" "store.standby") true -}}
{{- end -}}
{{- toJson $store -}}
{{- end -}}

{{/* The runner's settings of Redis or Valkey, as a JSON mapping; empty without. */}}
{{- define "opsconductor.redis" -}}
{{- $server := .Values.redis -}}
{{- $bundled := .Values.valkey.bundled.enabled -}}
{{- $redis := dict -}}
{{- with include "opsconductor.redisHost" . -}}
{{- $tls := or $bundled (eq $server.tls "verify") -}}
{{- $redis = dict "redis.address" (printf "%s://%s:%d" (ternary "rediss" "redis" $tls) . (ternary 6379 (int $server.port) $bundled)) "redis.password" "file:/etc/opsconductor/redis/password" -}}
{{- with ternary "runner" $server.user $bundled }}{{ $_ := set $redis "redis.user" . }}{{ end -}}
{{- if and $tls (or $bundled $server.authorityConfigMap) }}{{ $_ := set $redis "redis.authority" "/etc/opsconductor/redis-authority/ca.crt" }}{{ end -}}
{{- end -}}
{{- toJson $redis -}}
{{- end -}}

{{/* (list $ "runner"): mounts of what a part needs to reach the servers */}}
{{- define "opsconductor.storeMounts" -}}
{{- $settings := include "opsconductor.store" . | fromJson -}}
{{- if eq (index . 1) "runner" }}{{ $settings = merge $settings (include "opsconductor.redis" (index . 0) | fromJson) }}{{ end -}}
{{- range $name := list "store" "redis" }}
{{- if hasKey $settings (printf "%s.password" $name) }}
- { name: {{ $name }}, mountPath: /etc/opsconductor/{{ $name }}, readOnly: true }
{{- end }}
{{- if hasKey $settings (printf "%s.authority" $name) }}
- { name: {{ $name }}-authority, mountPath: /etc/opsconductor/{{ $name }}-authority, readOnly: true }
{{- end }}
{{- end }}
{{- end -}}

{{/* (list $ "runner"): the volumes of them */}}
{{- define "opsconductor.storeVolumes" -}}
{{- $root := index . 0 -}}
{{- if include "opsconductor.storeHost" $root }}
{{- include "opsconductor.serverVolumes" (list $root "store" (include "opsconductor.storeSecret" .) $root.Values.postgresql.authorityConfigMap ($root.Values.postgresql.bundled.enabled | ternary "postgresql" "")) }}
{{- end }}
{{- if and (eq (index . 1) "runner") (include "opsconductor.redisHost" $root) }}
{{- include "opsconductor.serverVolumes" (list $root "redis" (include "opsconductor.redisSecret" $root) $root.Values.redis.authorityConfigMap ($root.Values.valkey.bundled.enabled | ternary "valkey" "")) }}
{{- end }}
{{- end -}}

{{/* (list $ name secret authorityConfigMap bundled) */}}
{{- define "opsconductor.serverVolumes" -}}
{{- $name := index . 1 }}
- name: {{ $name }}
  secret:
    secretName: {{ index . 2 }}
    defaultMode: 0440
    items:
      - { key: password, path: password }
{{- if index . 4 }}
- name: {{ $name }}-authority
  secret:
    secretName: {{ include "opsconductor.tlsSecret" (list (index . 0) (index . 4)) }}
    defaultMode: 0440
    items:
      - { key: ca.crt, path: ca.crt }
{{- else if index . 3 }}
- name: {{ $name }}-authority
  configMap:
    name: {{ index . 3 }}
    items:
      - { key: ca.crt, path: ca.crt }
{{- end }}
{{- end -}}

{{/* Egress to the PostgreSQL server. */}}
{{- define "opsconductor.storeEgress" -}}
{{- if include "opsconductor.storeHost" . }}
{{- include "opsconductor.serverEgress" (list . "postgresql" .Values.networkPolicy.postgresql .Values.postgresql.port .Values.postgresql.bundled.enabled "postgresql") }}
{{- end }}
{{- end -}}

{{/* Egress to Redis or Valkey. */}}
{{- define "opsconductor.redisEgress" -}}
{{- if include "opsconductor.redisHost" . }}
{{- include "opsconductor.serverEgress" (list . "redis" .Values.networkPolicy.redis .Values.redis.port .Values.valkey.bundled.enabled "valkey") }}
{{- end }}
{{- end -}}

{{/* (list $ name peers port bundled part) */}}
{{- define "opsconductor.serverEgress" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- $peers := index . 2 -}}
{{- $port := index . 3 -}}
{{- if index . 4 -}}
{{- $peers = list (dict "podSelector" (dict "matchLabels" (include "opsconductor.selector" (list $root (index . 5)) | fromYaml))) -}}
{{- $port = eq $name "redis" | ternary 6379 5432 -}}
{{- else if not $peers -}}
{{- fail (printf "%s.host is set: networkPolicy.%s must say where it is, such as - ipBlock: { cidr: 192.0.2.20/32 }" $name $name) -}}
{{- end }}
- to:
    {{- toYaml $peers | nindent 4 }}
  ports:
    - { protocol: TCP, port: {{ $port }} }
{{- end -}}
