{{/*
What all names begin with; 50 characters leave room for what comes behind, in the 63 that a name may have. A release may have dots in its
name and begin with a digit; a Service may not.
*/}}
{{- define "probe-agent.fullname" -}}
{{- $name := .Values.fullnameOverride -}}
{{- if not $name -}}
{{- $name = .Release.Name | replace "." "-" -}}
{{- if regexMatch "^[0-9]" $name -}}
{{- $name = printf "%s-%s" .Chart.Name $name -}}
{{- else if not (contains .Chart.Name $name) -}}
{{- $name = printf "%s-%s" $name .Chart.Name -}}
{{- end -}}
{{- end -}}
{{- $name | trunc 50 | trimAll "-" -}}
{{- end -}}

{{/* The webhook's Deployment, Service, ServiceAccount, … */}}
{{- define "probe-agent.webhook" -}}
{{- printf "%s-webhook" (include "probe-agent.fullname" .) -}}
{{- end -}}

{{/* The secret of its certificate. */}}
{{- define "probe-agent.secret" -}}
{{- if eq .Values.certificate.source "secret" -}}
{{- required "certificate.source is 'secret': name it in certificate.secret.name" .Values.certificate.secret.name -}}
{{- else -}}
{{- printf "%s-tls" (include "probe-agent.webhook" .) -}}
{{- end -}}
{{- end -}}

{{/* The name that API servers call, and that the certificate must have. */}}
{{- define "probe-agent.host" -}}
{{- printf "%s.%s.svc" (include "probe-agent.webhook" .) .Release.Namespace -}}
{{- end -}}

{{- define "probe-agent.selectorLabels" -}}
app.kubernetes.io/name: probe-agent-webhook
app.kubernetes.io/instance: {{ .Release.Name | trunc 63 | trimSuffix "-" | quote }}
{{- end -}}

{{- define "probe-agent.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "probe-agent.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "probe-agent.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{- printf "%s@%s" .repository .digest -}}
{{- else -}}
{{- printf "%s:%s" .repository (.tag | default $.Chart.AppVersion) -}}
{{- end -}}
{{- end -}}
{{- end -}}
