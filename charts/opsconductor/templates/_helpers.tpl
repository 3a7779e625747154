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

{{/* Of .Values.podSecurity, or of a bundled server's. */}}
{{- define "opsconductor.podSecurity" -}}
runAsNonRoot: true
{{- if not (kindIs "invalid" .runAsUser) }}
runAsUser: {{ int64 .runAsUser }}
{{- end }}
{{- if not (kindIs "invalid" .fsGroup) }}
fsGroup: {{ int64 .fsGroup }}
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

{{/* (list $ "runner"): the Secret with tls.crt, tls.key and ca.crt of a part or of a bundled server */}}
{{- define "opsconductor.tlsSecret" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
{{- if eq (include "opsconductor.tlsMode" $root) "existing" -}}
{{- required (printf "tls.mode is existing: tls.existing.%sSecret must name a Secret with tls.crt, tls.key and ca.crt" $part) (index $root.Values.tls.existing (printf "%sSecret" $part)) -}}
{{- else -}}
{{- printf "%s-%s-tls" (include "opsconductor.fullname" $root) $part -}}
{{- end -}}
{{- end -}}

{{/* (list $ "runner"): the names by which its Service is called, as a JSON list */}}
{{- define "opsconductor.serviceNames" -}}
{{- $root := index . 0 -}}
{{- $name := printf "%s-%s" (include "opsconductor.fullname" $root) (index . 1) -}}
{{- list $name (printf "%s.%s" $name $root.Release.Namespace) (printf "%s.%s.svc" $name $root.Release.Namespace) "localhost" | toJson -}}
{{- end -}}

{{/* Text as it is, or a mapping as YAML. */}}
{{- define "opsconductor.yaml" -}}
{{- if kindIs "string" . }}{{ . }}{{ else }}{{ toYaml . }}{{ end -}}
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

{{/* What a time such as 90s or 5m is in whole seconds. */}}
{{- define "opsconductor.seconds" -}}
{{- $number := regexFind "^[0-9]+" . | int64 -}}
{{- $unit := regexFind "[a-z]+$" . -}}
{{- if eq $unit "ms" -}}{{- div $number 1000 -}}{{- else -}}{{- mul $number (get (dict "s" 1 "m" 60 "h" 3600 "d" 86400) $unit) -}}{{- end -}}
{{- end -}}

{{/* (list $ "runner"): true where there are, or may be, several Pods of a part; refuses what cannot be */}}
{{- define "opsconductor.several" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
{{- $own := index $root.Values $part -}}
{{- $most := int $own.replicas -}}
{{- $named := printf "%s.replicas is %d" $part $most -}}
{{- with $own.autoscaling -}}
{{- if .enabled -}}
{{- $most = int .maxReplicas -}}
{{- $named = printf "%s.autoscaling.maxReplicas is %d" $part $most -}}
{{- if lt $most (int .minReplicas) -}}{{- fail (printf "%s, and minReplicas is %d: it must not be more" $named (int .minReplicas)) -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- if gt $most 1 -}}
{{- if not (include "opsconductor.storeHost" $root) -}}
{{- fail (printf "%s: several need a database that they have in common. Set postgresql.host, or postgresql.bundled.enabled for a trial, or leave it at 1: a store in a file belongs to one process." $named) -}}
{{- end -}}
{{- if and $own.persistence.enabled $own.persistence.existingClaim -}}
{{- fail (printf "%s, and %s.persistence.existingClaim names one claim: each needs a volume of its own. Leave existingClaim empty." $named $part) -}}
{{- end -}}
{{- if and (eq $part "runner") $root.Values.demo.enabled -}}
{{- fail (printf "%s, and demo.enabled is true: the demo's servers are beside one runner, where others do not reach them. Use one of the two." $named) -}}
{{- end -}}
true
{{- end -}}
{{- end -}}

{{/* (list $ "runner" $persistence): where volumes of a part's Pods come from, under spec of a StatefulSet */}}
{{- define "opsconductor.claims" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
{{- $own := index . 2 -}}
{{- if and $own.enabled (not $own.existingClaim) }}
{{- if and (not $own.keep) (semverCompare ">=1.27.0-0" $root.Capabilities.KubeVersion.Version) }}
persistentVolumeClaimRetentionPolicy:
  whenDeleted: Delete
  whenScaled: Retain
{{- end }}
volumeClaimTemplates:
  - apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: home
      # Nothing that changes with a version: claim templates cannot be changed.
      labels:
        {{- include "opsconductor.selector" (list $root $part) | nindent 8 }}
    spec:
      accessModes: [ReadWriteOnce]
      {{- with $own.storageClass }}
      storageClassName: {{ . }}
      {{- end }}
      resources:
        requests:
          storage: {{ $own.size }}
{{- end }}
{{- end -}}

{{/* Of a persistence: the volume home of a Pod that has no claim of its own */}}
{{- define "opsconductor.home" -}}
{{- if not .enabled }}
- name: home
  emptyDir: {}
{{- else if .existingClaim }}
- name: home
  persistentVolumeClaim:
    claimName: {{ .existingClaim }}
{{- end }}
{{- end -}}

{{/* (list $ "runner"): as set, or soft by host and zone where there are several */}}
{{- define "opsconductor.spread" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
{{- $constraints := (index $root.Values $part).topologySpreadConstraints -}}
{{- if and (not $constraints) (include "opsconductor.several" .) -}}
{{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" -}}
{{- $constraints = append $constraints (dict "maxSkew" 1 "topologyKey" . "whenUnsatisfiable" "ScheduleAnyway") -}}
{{- end -}}
{{- end -}}
{{- if $constraints }}
topologySpreadConstraints:
  {{- range $constraints }}
  - {{ merge (deepCopy .) (dict "labelSelector" (dict "matchLabels" (include "opsconductor.selector" (list $root $part) | fromYaml))) | toYaml | nindent 4 | trim }}
  {{- end }}
{{- end }}
{{- end -}}
