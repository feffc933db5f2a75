module probeagent/kubelet-prober

go 1.19
