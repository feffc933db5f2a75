{{/* What both webhooks of the configuration have alike. A list: the chart's root, and the authority of the certificate, base64. */}}
{{- define "probe-agent.review" -}}
{{- $bundle := index . 1 -}}
{{- with index . 0 -}}
admissionReviewVersions: ["v1"]
sideEffects: None
failurePolicy: {{ .Values.failurePolicy }}
timeoutSeconds: {{ .Values.timeoutSeconds }}
matchPolicy: Equivalent
# Asked once more where a later webhook has added a container with probes.
reinvocationPolicy: IfNeeded
clientConfig:
  {{- with $bundle }}
  caBundle: {{ . }}
  {{- end }}
  service:
    name: {{ include "probe-agent.webhook" . | quote }}
    namespace: {{ .Release.Namespace | quote }}
    path: /mutate
    port: 443
rules:
  - operations: ["CREATE"]
    apiGroups: [""]
    apiVersions: ["v1"]
    resources: ["pods"]
    scope: Namespaced
{{- end -}}
{{- end -}}

{{/* Without its own namespace, so that its pods never wait for itself. */}}
{{- define "probe-agent.otherNamespaces" -}}
- key: kubernetes.io/metadata.name
  operator: NotIn
  values:
    {{- concat (list "kube-system" .Release.Namespace) (.Values.excludedNamespaces | default list) | uniq | toYaml | nindent 4 }}
{{- end -}}
