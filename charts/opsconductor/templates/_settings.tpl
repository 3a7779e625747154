{{/* The chatbot's configuration file. */}}
{{- define "opsconductor.chatbotSettings" -}}
{{- $full := include "opsconductor.fullname" . -}}
{{- $hosts := concat .Values.chatbot.allowedHosts (list (printf "%s-chatbot" $full) (printf "%s-chatbot.%s" $full .Release.Namespace)) -}}
{{- $chatbot := dict "local-chat" .Values.chatbot.localChat "allowed-hosts" $hosts "users" .Values.chatbot.users "time-zone" .Values.chatbot.timeZone -}}
{{- $_ := set $chatbot "runner.url" (printf "https://%s-runner:3003" $full) -}}
{{- $_ := set $chatbot "slack.mode" .Values.slack.mode -}}
{{- range $key, $value := .Values.slack.settings }}{{ $_ := set $chatbot (printf "slack.%s" $key) $value }}{{ end -}}
{{- if ne .Values.teams.mode "off" -}}
{{- $_ := set $chatbot "teams.mode" .Values.teams.mode -}}
{{- $_ := set $chatbot "teams.app-id" .Values.teams.appId -}}
{{- if .Values.teams.tenant }}{{ $_ := set $chatbot "teams.tenant" .Values.teams.tenant }}{{ end -}}
{{- range $key, $value := .Values.teams.settings }}{{ $_ := set $chatbot (printf "teams.%s" $key) $value }}{{ end -}}
{{- end -}}
{{- $_ := set $chatbot "model.provider" .Values.model.provider -}}
{{- if .Values.model.name }}{{ $_ := set $chatbot "model.name" .Values.model.name }}{{ end -}}
{{- if .Values.model.url }}{{ $_ := set $chatbot "model.url" .Values.model.url }}{{ end -}}
{{- range $key, $value := .Values.model.settings }}{{ $_ := set $chatbot (printf "model.%s" $key) $value }}{{ end -}}
{{- include "opsconductor.settings" (merge (deepCopy .Values.chatbot.settings) $chatbot (include "opsconductor.store" (list . "chatbot") | fromJson)) -}}
{{- end -}}

{{/* The runner's configuration file. */}}
{{- define "opsconductor.runnerSettings" -}}
{{- include "opsconductor.settings" (merge (deepCopy .Values.runner.settings) (dict "shutdown.grace" .Values.runner.shutdownGrace) (include "opsconductor.store" (list . "runner") | fromJson) (include "opsconductor.redis" . | fromJson)) -}}
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
