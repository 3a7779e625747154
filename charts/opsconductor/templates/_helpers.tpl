{{- define "opsconductor.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* At most 40 characters, so that every suffix still gives a name of at most 63. */}}
{{- define "opsconductor.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains (include "opsconductor.name" .) .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "opsconductor.name" .) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "opsconductor.labels" -}}
app.kubernetes.io/name: {{ include "opsconductor.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* (list $ "runner") */}}
{{- define "opsconductor.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ include "opsconductor.name" $root }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* (list $ .Values.runner.image) */}}
{{- define "opsconductor.image" -}}
{{- $root := index . 0 -}}
{{- $image := index . 1 -}}
{{- $repository := $image.repository -}}
{{- if $root.Values.image.registry -}}
{{- $repository = printf "%s/%s" (trimSuffix "/" $root.Values.image.registry) (base $repository) -}}
{{- end -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $repository $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $repository (default $root.Chart.AppVersion $root.Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "opsconductor.podSecurity" -}}
runAsNonRoot: true
{{- if not (kindIs "invalid" .Values.podSecurity.runAsUser) }}
runAsUser: {{ int64 .Values.podSecurity.runAsUser }}
{{- end }}
{{- if not (kindIs "invalid" .Values.podSecurity.fsGroup) }}
fsGroup: {{ int64 .Values.podSecurity.fsGroup }}
fsGroupChangePolicy: OnRootMismatch
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "opsconductor.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* generated, certManager or existing. An upgrade of generated certificates stays with them, also where cert-manager came since. */}}
{{- define "opsconductor.tlsMode" -}}
{{- if ne .Values.tls.mode "auto" -}}
{{- .Values.tls.mode -}}
{{- else if and .Release.IsUpgrade (eq "generated" (dig "metadata" "annotations" "opsconductor.io/certificates" "" (lookup "v1" "Secret" .Release.Namespace (printf "%s-runner-tls" (include "opsconductor.fullname" .))))) -}}
generated
{{- else if .Capabilities.APIVersions.Has "cert-manager.io/v1" -}}
certManager
{{- else -}}
generated
{{- end -}}
{{- end -}}

{{- define "opsconductor.chatbotTlsSecret" -}}
{{- if eq (include "opsconductor.tlsMode" .) "existing" -}}
{{- required "tls.mode is existing: tls.existing.chatbotSecret must name a Secret with tls.crt, tls.key and ca.crt" .Values.tls.existing.chatbotSecret -}}
{{- else -}}
{{- include "opsconductor.fullname" . }}-chatbot-tls
{{- end -}}
{{- end -}}

{{- define "opsconductor.runnerTlsSecret" -}}
{{- if eq (include "opsconductor.tlsMode" .) "existing" -}}
{{- required "tls.mode is existing: tls.existing.runnerSecret must name a Secret with tls.crt, tls.key and ca.crt" .Values.tls.existing.runnerSecret -}}
{{- else -}}
{{- include "opsconductor.fullname" . }}-runner-tls
{{- end -}}
{{- end -}}

{{- define "opsconductor.runnerNames" -}}
{{- $name := printf "%s-runner" (include "opsconductor.fullname" .) -}}
{{- list $name (printf "%s.%s" $name .Release.Namespace) (printf "%s.%s.svc" $name .Release.Namespace) "localhost" | toJson -}}
{{- end -}}

{{/* Text as it is, or a mapping as YAML. */}}
{{- define "opsconductor.yaml" -}}
{{- if kindIs "string" . }}{{ . }}{{ else }}{{ toYaml . }}{{ end -}}
{{- end -}}

{{/* A mapping of keys such as executions.max, as the YAML of a part's configuration file. */}}
{{- define "opsconductor.settings" -}}
{{- $tree := dict -}}
{{- range $key, $value := . -}}
{{- $text := kindIs "string" $value | ternary $value (toJson $value) -}}
{{- if kindIs "slice" $value }}{{ $text = join "," $value }}{{ end -}}
{{- $parts := splitList "." $key -}}
{{- if eq (len $parts) 1 -}}
{{- $_ := set $tree $key $text -}}
{{- else -}}
{{- $first := first $parts -}}
{{- $_ := set $tree $first (merge (dict (rest $parts | join ".") $text) (get $tree $first | default dict)) -}}
{{- end -}}
{{- end -}}
{{- toYaml $tree -}}
{{- end -}}

{{/* public HTTPS for the chatbot: as set, or as its partners need it */}}
{{- define "opsconductor.publicHttps" -}}
{{- if kindIs "invalid" .Values.networkPolicy.chatbot.publicHttps -}}
{{- or (ne .Values.slack.mode "off") (ne .Values.teams.mode "off") (has .Values.model.provider (list "openai" "anthropic")) -}}
{{- else -}}
{{- .Values.networkPolicy.chatbot.publicHttps -}}
{{- end -}}
{{- end -}}

{{/* The paths that chat platforms call, as a JSON list. */}}
{{- define "opsconductor.publicPaths" -}}
{{- $paths := list -}}
{{- if eq .Values.slack.mode "http" }}{{ $paths = append $paths "/slack/" }}{{ end -}}
{{- if ne .Values.teams.mode "off" }}{{ $paths = append $paths "/api/messages" }}{{ end -}}
{{- if not $paths -}}
{{- fail "ingress or gateway is enabled, but nothing calls from outside: set slack.mode to http or teams.mode to on, or disable it. The page is never published." -}}
{{- end -}}
{{- toJson $paths -}}
{{- end -}}

{{/* (list $ "--one-time"): a container without its name */}}
{{- define "opsconductor.gitSync" -}}
{{- $root := index . 0 -}}
{{- $git := $root.Values.runner.git -}}
image: {{ $git.image | quote }}
imagePullPolicy: {{ $root.Values.image.pullPolicy }}
securityContext:
  {{- include "opsconductor.containerSecurity" $root | nindent 2 }}
args:
  - --repo={{ $git.repository }}
  - --ref={{ $git.ref }}
  - --root=/git
  - --link=current
  - {{ index . 1 }}
{{- with $git.existingSecret }}
env:
  - name: GITSYNC_USERNAME
    valueFrom:
      secretKeyRef: { name: {{ . }}, key: username }
  - name: GITSYNC_PASSWORD
    valueFrom:
      secretKeyRef: { name: {{ . }}, key: password }
{{- end }}
resources:
  {{- toYaml $git.resources | nindent 2 }}
volumeMounts:
  - { name: git, mountPath: /git }
  - { name: tmp, mountPath: /tmp }
{{- end -}}

{{/* (list $ "runner"): the settings of a part's store, as a JSON mapping; empty for a file */}}
{{- define "opsconductor.store" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
{{- $server := $root.Values.postgresql -}}
{{- $store := dict -}}
{{- if $server.host -}}
{{- $own := index $server $part -}}
{{- if not $own.existingSecret }}{{ fail (printf "postgresql.host is set: postgresql.%s.existingSecret must name a Secret with password" $part) }}{{ end -}}
{{- if and $root.Values.networkPolicy.enabled (not $root.Values.networkPolicy.postgresql) }}{{ fail "postgresql.host is set: networkPolicy.postgresql must say where it is, such as - ipBlock: { cidr: 192.0.2.20/32 }" }}{{ end -}}
{{- $store = dict "store.url" (printf "jdbc:postgresql://%s:%d/%s" $server.host (int $server.port) $own.database) "store.user" $own.user "store.tls" $server.tls "store.password" "file:/etc/opsconductor/store/password" -}}
{{- if $server.authorityConfigMap }}{{ $_ := set $store "store.authority" "/etc/opsconductor/store-authority/ca.crt" }}{{ end -}}
{{- end -}}
{{- toJson $store -}}
{{- end -}}

{{- define "opsconductor.storeMounts" -}}
{{- if .Values.postgresql.host }}
- { name: store, mountPath: /etc/opsconductor/store, readOnly: true }
{{- if .Values.postgresql.authorityConfigMap }}
- { name: store-authority, mountPath: /etc/opsconductor/store-authority, readOnly: true }
{{- end }}
{{- end }}
{{- end -}}

{{/* (list $ "runner") */}}
{{- define "opsconductor.storeVolumes" -}}
{{- $root := index . 0 -}}
{{- if $root.Values.postgresql.host }}
- name: store
  secret:
    secretName: {{ index $root.Values.postgresql (index . 1) "existingSecret" }}
    defaultMode: 0440
    items:
      - { key: password, path: password }
{{- with $root.Values.postgresql.authorityConfigMap }}
- name: store-authority
  configMap:
    name: {{ . }}
    items:
      - { key: ca.crt, path: ca.crt }
{{- end }}
{{- end }}
{{- end -}}

{{/* Egress to the server. */}}
{{- define "opsconductor.storeEgress" -}}
{{- if .Values.postgresql.host }}
- to:
    {{- toYaml .Values.networkPolicy.postgresql | nindent 4 }}
  ports:
    - { protocol: TCP, port: {{ .Values.postgresql.port }} }
{{- end }}
{{- end -}}
