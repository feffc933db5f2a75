{{/*
For a file of the monitoring that has not what it should. In the repository these are symbolic links: Flux' GitRepository leaves links
out, and a checkout on Windows may make a text of each.
*/}}
{{- define "probe-agent.notInThisCopy" -}}
{{- printf "%s is not in this copy of the chart, where symbolic links were lost: install the chart from its registry, or package it with 'helm package' from a checkout that has them" . | fail -}}
{{- end -}}
