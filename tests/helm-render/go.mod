module probeagent/helm-render

go 1.19
