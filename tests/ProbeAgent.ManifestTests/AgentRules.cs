namespace ProbeAgent.ManifestTests;

/// <summary>What every manifest with the agent must have, and why it fails in a cluster without.</summary>
internal static class AgentRules
{
    private const string AfterPort = "              containerPort: 15081\n";

    /// <summary>What must be so wherever the agent is shown.</summary>
    public static IReadOnlyList<AgentRule> Everywhere { get; } =
    [
        .. Place(), .. Annotations(), .. OwnProbes(), .. Resources(), .. Security(), .. AppProbes(),
    ];

    /// <summary>All of them: the examples let Prometheus in, too.</summary>
    public static IReadOnlyList<AgentRule> All { get; } = [.. Everywhere, .. Scraping()];

    private static IEnumerable<AgentRule> Place() =>
    [
        new("is a native sidecar",
            pod => pod.InitContainers.Contains(pod.Agent) && pod.Agent.RestartPolicy == "Always",
            "          restartPolicy: Always\n", ""),
        new("is the first init container",
            pod => pod.InitContainers.FirstOrDefault() == pod.Agent,
            "      initContainers:\n",
            "      initContainers:\n        - name: migrate\n          image: registry.example.com/migrate:1\n"),
        new("names a version of its image",
            pod => pod.Agent.Image.Split(':') is [_, not "latest"],
            "probe-agent:0.1.0", "probe-agent:latest"),
        new("asks at a port of the app",
            pod => pod.Document is { Checks.Count: > 0 }
                || (pod.TargetPort is { } target && pod.Apps.All(app => app.Ports?.Any(port => port.ContainerPort == target) ?? true)),
            "\":80/status\"", "\":8080/status\""),
        new("does not wait to drain",
            pod => pod.Variable("PROBEAGENT_DRAIN_SECONDS") == "0",
            "value: \"0\"", "value: \"25\""),
        new("declares its port",
            pod => pod.Agent.Ports?.Any(port => port.ContainerPort == AgentPod.Port) == true,
            "containerPort: 15081", "containerPort: 15082"),
        new("leaves its last words",
            pod => pod.Agent.TerminationMessagePolicy == "FallbackToLogsOnError",
            "          terminationMessagePolicy: FallbackToLogsOnError\n", ""),
    ];

    private static IEnumerable<AgentRule> Annotations() =>
    [
        new("keeps its port out of the capture",
            pod => pod.IsPortLeftOut,
            "excludeInboundPorts: \"15081\"", "excludeInboundPorts: \"15082\""),
        new("turns the mesh's rewriting off",
            pod => pod.AreProbesLeftAlone,
            "rewriteAppHTTPProbers: \"false\"", "rewriteAppHTTPProbers: \"true\""),
        new("has the annotations of a mesh",
            pod => pod.IsPortLeftOut && pod.AreProbesLeftAlone,
            "        traffic.sidecar.istio.io/excludeInboundPorts: \"15081\"\n        sidecar.istio.io/rewriteAppHTTPProbers: \"false\"\n", ""),
    ];

    private static IEnumerable<AgentRule> Scraping() =>
    [
        new("asks Prometheus to scrape",
            pod => pod.Annotation("prometheus.io/scrape") == "true",
            "prometheus.io/scrape: \"true\"", "prometheus.io/scrape: \"false\""),
        new("tells Prometheus its port",
            pod => pod.Annotation("prometheus.io/port") == $"{AgentPod.Port}",
            "prometheus.io/port: \"15081\"", "prometheus.io/port: \"80\""),
        new("tells Prometheus its path",
            pod => pod.Annotation("prometheus.io/path") is "/metrics" or "/relay/app",
            "prometheus.io/path: /metrics", "prometheus.io/path: /"),
        new("is scraped itself and not through Istio's sidecar",
            pod => pod.Annotation("prometheus.istio.io/merge-metrics") == "false",
            "        prometheus.istio.io/merge-metrics: \"false\"\n", ""),
    ];

    private static IEnumerable<AgentRule> OwnProbes() =>
    [
        new("is started when it listens",
            pod => AgentPod.Asks(pod.Agent.StartupProbe, "/-/ready"),
            "path: /-/ready", "path: /readyz"),
        new("is asked every second at the start",
            pod => pod.Agent.StartupProbe?.PeriodSeconds == 1,
            "periodSeconds: 1\n            failureThreshold: 30",
            "periodSeconds: 10\n            failureThreshold: 30"),
        new("has 30 tries at the start",
            pod => pod.Agent.StartupProbe?.FailureThreshold == 30,
            "failureThreshold: 30", "failureThreshold: 3"),
        new("lives by itself alone",
            pod => AgentPod.Asks(pod.Agent.LivenessProbe, "/-/healthy"),
            "path: /-/healthy", "path: /livez"),
        new("is asked every 5 s",
            pod => pod.Agent.LivenessProbe?.PeriodSeconds == 5,
            "periodSeconds: 5\n            timeoutSeconds: 3", "periodSeconds: 10\n            timeoutSeconds: 3"),
        new("has 3 s to answer",
            pod => pod.Agent.LivenessProbe?.TimeoutSeconds == 3,
            "timeoutSeconds: 3", "timeoutSeconds: 1"),
        new("is hung after 3 failures",
            pod => pod.Agent.LivenessProbe?.FailureThreshold == 3,
            "failureThreshold: 3\n            terminationGrace", "failureThreshold: 9\n            terminationGrace"),
        new("is killed 1 s later",
            pod => pod.Agent.LivenessProbe?.TerminationGracePeriodSeconds == 1,
            "            terminationGracePeriodSeconds: 1\n", ""),
        new("has no readiness of its own",
            pod => pod.Agent.ReadinessProbe is null,
            AfterPort,
            AfterPort + "          readinessProbe:\n            tcpSocket:\n              port: 15081\n"),
    ];

    private static IEnumerable<AgentRule> Resources() =>
    [
        new("requests CPU",
            pod => AgentPod.Quantity(pod.Agent.Resources?.Requests, "cpu") is not null,
            "              cpu: 10m\n", ""),
        new("requests memory",
            pod => AgentPod.Quantity(pod.Agent.Resources?.Requests, "memory") is not null,
            "              memory: 32Mi\n            limits", "            limits"),
        new("is limited to 32 MiB",
            pod => AgentPod.Quantity(pod.Agent.Resources?.Limits, "memory") == "32Mi",
            "limits:\n              memory: 32Mi", "limits:\n              memory: 64Mi"),
        new("has no CPU limit",
            pod => AgentPod.Quantity(pod.Agent.Resources?.Limits, "cpu") is null,
            "limits:\n", "limits:\n              cpu: 50m\n"),
    ];

    private static IEnumerable<AgentRule> Security() =>
    [
        new("is not root",
            pod => pod.Agent.SecurityContext?.RunAsNonRoot == true,
            "            runAsNonRoot: true\n", ""),
        new("has not the uid of a mesh's proxy",
            pod => pod.Agent.SecurityContext?.RunAsUser is not (1337 or 2102 or 5678 or 5995),
            "runAsUser: 65532", "runAsUser: 1337"),
        new("has a read-only root",
            pod => pod.Agent.SecurityContext?.ReadOnlyRootFilesystem == true,
            "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false"),
        new("cannot gain privileges",
            pod => pod.Agent.SecurityContext?.AllowPrivilegeEscalation == false,
            "            allowPrivilegeEscalation: false\n", ""),
        new("has no capabilities",
            pod => pod.Agent.SecurityContext?.Capabilities is { Drop: ["ALL"], Add: null },
            "drop: [\"ALL\"]", "drop: [\"NET_RAW\"]"),
        new("has the runtime's seccomp profile",
            pod => pod.Agent.SecurityContext?.SeccompProfile?.Type == "RuntimeDefault",
            "type: RuntimeDefault", "type: Unconfined"),
    ];

    private static IEnumerable<AgentRule> AppProbes() =>
    [
        new("answers the app's startup",
            pod => pod.Apps.All(app => pod.IsAnswered(app, app.StartupProbe, ProbeWord.Startup)),
            "path: /startupz", "path: /status"),
        new("answers the app's liveness",
            pod => pod.Apps.All(app => pod.IsAnswered(app, app.LivenessProbe, ProbeWord.Liveness)),
            "path: /livez", "path: /status"),
        new("answers the app's readiness",
            pod => pod.Apps.All(app => pod.IsAnswered(app, app.ReadinessProbe, ProbeWord.Readiness)),
            "path: /readyz", "path: /status"),
        new("has the startup probe's timeout",
            pod => pod.Apps.All(app => pod.SharesTimeout(app, app.StartupProbe, ProbeWord.Startup)),
            "timeoutSeconds: 1\n            failureThreshold: 60",
            "timeoutSeconds: 2\n            failureThreshold: 60"),
        new("has the liveness probe's timeout",
            pod => pod.Apps.All(app => pod.SharesTimeout(app, app.LivenessProbe, ProbeWord.Liveness)),
            "timeoutSeconds: 1\n            failureThreshold: 3\n",
            "timeoutSeconds: 2\n            failureThreshold: 3\n"),
        new("has the readiness probe's timeout",
            pod => pod.Apps.All(app => pod.SharesTimeout(app, app.ReadinessProbe, ProbeWord.Readiness)),
            "timeoutSeconds: 1\n            failureThreshold: 2\n",
            "timeoutSeconds: 2\n            failureThreshold: 2\n"),
        new("says its timeout",
            pod => pod.Document?.Checks.All(check => check.TimeoutSeconds is not null) ?? pod.Variable("PROBEAGENT_TIMEOUT_SECONDS") is not null,
            "PROBEAGENT_TIMEOUT_SECONDS", "PROBEAGENT_MAX_AGE_SECONDS"),
        new("gives the app's liveness 30 s",
            pod => pod.Apps.All(app => app.LivenessProbe?.PeriodSeconds * app.LivenessProbe?.FailureThreshold >= 30),
            "periodSeconds: 10\n", "periodSeconds: 5\n"),
        new("answers every probe that Istio no longer rewrites",
            pod => pod.KubeletProbes.All(probe => probe.HttpGet?.Port.Value == $"{AgentPod.Port}"),
            "      containers:\n",
            "      containers:\n        - livenessProbe:\n            tcpSocket:\n              port: 9000\n"),
        new("passes on the app's hooks",
            pod => pod.Apps.All(pod.PassesOnHooks),
            "          # Probes of the app,",
            "          lifecycle:\n            preStop:\n              httpGet:\n                port: 80\n          # Probes of the app,"),
    ];
}
