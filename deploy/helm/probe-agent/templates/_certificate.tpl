{{/*
The certificate that Helm has made before, as YAML: certificate, key, authorities, since, until; empty where there is none, or where it
is to be renewed. Templates cannot read certificates, so its dates stand beside it, in annotations of the secret.
*/}}
{{- define "probe-agent.keptCertificate" -}}
{{- $secret := lookup "v1" "Secret" .Release.Namespace (include "probe-agent.secret" .) | default dict -}}
{{- $data := get $secret "data" | default dict -}}
{{- $until := dig "metadata" "annotations" "probe-agent/certificate-until" "" $secret -}}
{{- $left := sub (include "probe-agent.seconds" $until) (now | unixEpoch) -}}
{{- if and (get $data "tls.crt") (get $data "tls.key") (get $data "ca.crt") (gt $left (mul .Values.certificate.renewBeforeDays 86400)) -}}
certificate: {{ get $data "tls.crt" }}
key: {{ get $data "tls.key" }}
authorities: {{ include "probe-agent.authorities" $secret | b64enc }}
since: {{ dig "metadata" "annotations" "probe-agent/certificate-since" "" $secret | quote }}
until: {{ $until | quote }}
{{- end -}}
{{- end -}}

{{/*
The authorities that are trusted yet, of a secret that Helm has made. The newest comes first; those that it has replaced go when it is a
day old: the kubelet takes a minute to bring a new certificate to the pods, and until then they show an old one.
*/}}
{{- define "probe-agent.authorities" -}}
{{- $authorities := dig "data" "ca.crt" "" . | b64dec -}}
{{- $since := dig "metadata" "annotations" "probe-agent/certificate-since" "" . -}}
{{- if lt (sub (now | unixEpoch) (include "probe-agent.seconds" $since)) 86400 -}}
{{- $authorities -}}
{{- else -}}
{{- regexFind "(?s)^.*?-----END CERTIFICATE-----\n" $authorities -}}
{{- end -}}
{{- end -}}

{{/* A time as seconds since 1970; long ago where it is none. */}}
{{- define "probe-agent.seconds" -}}
{{- toDate "2006-01-02T15:04:05Z07:00" . | unixEpoch -}}
{{- end -}}

{{/* When a certificate ends that is made now. */}}
{{- define "probe-agent.newCertificateUntil" -}}
{{- dateInZone "2006-01-02T15:04:05Z07:00" (now | dateModify (printf "%dh" (mul .Values.certificate.validityDays 24))) "UTC" -}}
{{- end -}}

{{/* The same of a new one, whose authority joins those that are trusted yet. Nobody keeps the authority's key. */}}
{{- define "probe-agent.newCertificate" -}}
{{- $authority := genCA (printf "%s-ca" (include "probe-agent.fullname" .)) (int .Values.certificate.validityDays) -}}
{{- $certificate := genSignedCert (include "probe-agent.webhook" .) nil (list (include "probe-agent.host" .)) (int .Values.certificate.validityDays) $authority -}}
{{- $replaced := lookup "v1" "Secret" .Release.Namespace (include "probe-agent.secret" .) | default dict -}}
certificate: {{ $certificate.Cert | b64enc }}
key: {{ $certificate.Key | b64enc }}
authorities: {{ printf "%s%s" $authority.Cert (include "probe-agent.authorities" $replaced) | b64enc }}
since: {{ dateInZone "2006-01-02T15:04:05Z07:00" now "UTC" | quote }}
until: {{ include "probe-agent.newCertificateUntil" . | quote }}
{{- end -}}
