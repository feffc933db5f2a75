{{/*
The certificate that Helm has made before, as YAML: certificate, key, authority, until; empty where there is none, or where it is to be
renewed. Templates cannot read certificates, so its end stands beside it, in an annotation of the secret.
*/}}
{{- define "probe-agent.keptCertificate" -}}
{{- $secret := lookup "v1" "Secret" .Release.Namespace (include "probe-agent.secret" .) | default dict -}}
{{- $data := get $secret "data" | default dict -}}
{{- $until := dig "metadata" "annotations" "probe-agent/certificate-until" "" $secret -}}
{{- $left := sub (toDate "2006-01-02T15:04:05Z07:00" $until | unixEpoch | int64) (now | unixEpoch | int64) -}}
{{- if and (get $data "tls.crt") (get $data "tls.key") (get $data "ca.crt") (gt $left (mul .Values.certificate.renewBeforeDays 86400)) -}}
certificate: {{ get $data "tls.crt" }}
key: {{ get $data "tls.key" }}
authority: {{ get $data "ca.crt" }}
until: {{ $until | quote }}
{{- end -}}
{{- end -}}

{{/* When a certificate ends that is made now. */}}
{{- define "probe-agent.newCertificateUntil" -}}
{{- dateInZone "2006-01-02T15:04:05Z07:00" (now | dateModify (printf "%dh" (mul .Values.certificate.validityDays 24))) "UTC" -}}
{{- end -}}

{{/*
The same of a new one, with bundle: its authority and, where it takes the place of another, that one's. The kubelet takes a minute to
bring the new certificate to the pods, and until then they show the old one. Nobody keeps the authority's key.
*/}}
{{- define "probe-agent.newCertificate" -}}
{{- $authority := genCA (printf "%s-ca" (include "probe-agent.fullname" .)) (int .Values.certificate.validityDays) -}}
{{- $certificate := genSignedCert (include "probe-agent.webhook" .) nil (list (include "probe-agent.host" .)) (int .Values.certificate.validityDays) $authority -}}
{{- $replaced := lookup "v1" "Secret" .Release.Namespace (include "probe-agent.secret" .) | default dict -}}
{{- $before := dig "data" "ca.crt" "" $replaced | b64dec -}}
certificate: {{ $certificate.Cert | b64enc }}
key: {{ $certificate.Key | b64enc }}
authority: {{ $authority.Cert | b64enc }}
bundle: {{ printf "%s%s" $authority.Cert $before | b64enc }}
until: {{ include "probe-agent.newCertificateUntil" . | quote }}
{{- end -}}
