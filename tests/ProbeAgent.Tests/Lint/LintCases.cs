namespace ProbeAgent.Tests.Lint;

/// <summary>Each rule's mistakes, and their nearest neighbours.</summary>
internal static class LintCases
{
    private const string Agent = Linting.Pod + "/initContainers/0";
    private const string App = Linting.Pod + "/containers/0";
    private const string Worker = Linting.Pod + "/containers/1";
    private const string Annotations = "/spec/template/metadata/annotations";
    private const string Excluded = "traffic.sidecar.istio.io/excludeInboundPorts: \"15081\"";
    private const string NotRewritten = "sidecar.istio.io/rewriteAppHTTPProbers: \"false\"";
    private const string DirectProbe = "httpGet:\n              path: /status\n              port: 80\n";
    private const string WorkersQuestion = "httpGet:\n              path: /app-health/worker/livez\n              port: 15081";
    private const string LivenessNumbers = "periodSeconds: 10\n            timeoutSeconds: 2\n            failureThreshold: 3";
    private const string AgentsReady = "          startupProbe:\n            httpGet: {path: /-/ready, port: 15081}\n            periodSeconds: 1\n            failureThreshold: 30\n";
    private const string AgentsHealthy = "          livenessProbe:\n            httpGet: {path: /-/healthy, port: 15081}\n            periodSeconds: 5\n            timeoutSeconds: 3\n";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LintCase> All { get; } =
        [.. Mesh(), .. MeshAnnotations(), .. Questions(), .. Numbers(), .. Ports(), .. Configuration(), .. Container(), .. Places()];

    private static IEnumerable<LintCase> Mesh() =>
    [
        Direct("probe-needs-certificate", NotRewritten, NotRewritten, $"Warning {App}/livenessProbe/httpGet", "sidecar.istio.io/rewriteAppHTTPProbers: \"true\""),
        Direct("probe-needs-certificate", DirectProbe, "grpc: {port: 9090}\n", $"Warning {App}/livenessProbe/grpc", "exec: {command: [ls]}\n"),
        Direct("probe-needs-certificate", NotRewritten, "linkerd.io/inject: enabled", $"Info {App}/livenessProbe/httpGet",
            "linkerd.io/inject: enabled\n        config.linkerd.io/skip-inbound-ports: \"70-90\""),
        Direct("probe-needs-certificate", NotRewritten, "kuma.io/application-probe-proxy-port: \"0\"", $"Info {App}/livenessProbe/httpGet", "kuma.io/mesh: shop"),
        Direct("probe-through-sidecar", NotRewritten, "proxy.istio.io/config: \"{}\"", $"Info {App}/livenessProbe/httpGet", NotRewritten),
        Direct("tcp-probe-cannot-fail", DirectProbe, "tcpSocket: {port: web}\n", $"Warning {App}/livenessProbe/tcpSocket", "tcpSocket: {port: 15090}\n"),
        Direct("hook-needs-certificate", "    livenessProbe:", "    lifecycle: {preStop: {httpGet: {path: /stop, port: 80}}}\n          livenessProbe:",
            $"Warning {App}/lifecycle/preStop/httpGet", "    lifecycle: {preStop: {exec: {command: [stop]}}}\n          livenessProbe:"),
        Direct("hook-tcp-socket", "    livenessProbe:", "    lifecycle: {postStart: {tcpSocket: {port: 80}}}\n          livenessProbe:",
            $"Error {App}/lifecycle/postStart/tcpSocket", "    lifecycle: {postStart: {sleep: {seconds: 1}}}\n          livenessProbe:"),
    ];

    private static IEnumerable<LintCase> MeshAnnotations() =>
    [
        With("port-not-excluded", Excluded + "\n        ", "", $"Error {Annotations}", "traffic.sidecar.istio.io/excludeInboundPorts: \"9000, 15081\"\n        "),
        With("port-not-excluded", Excluded, "traffic.sidecar.istio.io/excludeInboundPorts: \"1508,15082\"",
            $"Error {Annotations}/traffic.sidecar.istio.io~1excludeInboundPorts", "traffic.sidecar.istio.io/includeInboundPorts: \"80\""),
        With("port-included", Excluded, "traffic.sidecar.istio.io/includeInboundPorts: \"80,15081\"",
            $"Error {Annotations}/traffic.sidecar.istio.io~1includeInboundPorts", Excluded + "\n        traffic.sidecar.istio.io/includeInboundPorts: \"*\""),
        With("probes-rewritten", NotRewritten, "sidecar.istio.io/rewriteAppHTTPProbers: \"true\"",
            $"Warning {Annotations}/sidecar.istio.io~1rewriteAppHTTPProbers", "sidecar.istio.io/rewriteAppHTTPProbers: \"False\""),
        With("probes-rewritten", NotRewritten, "", $"Warning {Annotations}", "sidecar.istio.io/interceptionMode: NONE\n        " + NotRewritten),
        With("annotation-malformed", Excluded, "traffic.sidecar.istio.io/excludeInboundPorts: 15081",
            $"Error {Annotations}/traffic.sidecar.istio.io~1excludeInboundPorts", Excluded),
        With("annotation-malformed", Excluded, "traffic.sidecar.istio.io/excludeInboundPorts: \"web,15081\"",
            $"Error {Annotations}/traffic.sidecar.istio.io~1excludeInboundPorts", "traffic.sidecar.istio.io/excludeInboundPorts: \"15081,\""),
        With("unknown-ignore", NotRewritten, NotRewritten + "\n        probe-agent/lint-ignore: no-agents", $"Warning {Annotations}/probe-agent~1lint-ignore",
            NotRewritten + "\n        probe-agent/lint-ignore: \"no-agent, hook-unknown\""),
    ];

    private static IEnumerable<LintCase> Questions() =>
    [
        Direct("no-agent", DirectProbe, "httpGet: {path: /livez, port: 15081}\n", $"Error {App}/livenessProbe/httpGet", "httpGet: {path: /status, port: 15081}\n"),
        With("agent-path-unknown", "/app-health/worker/livez", "/app-health/worker/live", $"Error {Worker}/livenessProbe/httpGet/path", "/livez/queue?verbose"),
        With("agent-path-unknown", "/app-health/worker/livez", "/app-health/queue/livez", $"Error {Worker}/livenessProbe/httpGet/path", "/livez/app"),
        With("agent-path-unknown", "/app-health/worker/livez", "/app-health/worker/readyz", $"Error {Worker}/livenessProbe/httpGet/path", "/app-health/worker/livez"),
        With("agent-path-unknown", WorkersQuestion, WorkersQuestion.Replace("15081", "15082", StringComparison.Ordinal), $"Error {Worker}/livenessProbe/httpGet", WorkersQuestion),
        With("agent-wrong-protocol", WorkersQuestion, WorkersQuestion + "\n              scheme: HTTPS", $"Error {Worker}/livenessProbe/httpGet/scheme",
            WorkersQuestion + "\n              scheme: HTTP"),
        With("agent-wrong-protocol", WorkersQuestion, "grpc: {port: 15081}", $"Error {Worker}/livenessProbe/grpc", "grpc: {port: 9090}"),
        With("probe-asks-agent-only", "/app-health/worker/livez", "/-/healthy", $"Error {Worker}/livenessProbe/httpGet/path", "/livez/queue"),
        With("probe-asks-agent-only", WorkersQuestion, "tcpSocket: {port: 15081}", $"Error {Worker}/livenessProbe/tcpSocket", "tcpSocket: {port: 9090}"),
        With("probe-of-another-container", "/app-health/worker/livez", "/app-health/app/livez", $"Warning {Worker}/livenessProbe/httpGet/path", "/livez/app"),
        With("livez-of-several-containers", "/app-health/worker/livez", "/livez", $"Warning {Worker}/livenessProbe/httpGet/path", "/livez?exclude=app"),
        With("budget-above-timeout", LivenessNumbers, "periodSeconds: 10\n            failureThreshold: 3", $"Warning {App}/livenessProbe", LivenessNumbers),
        With("budget-below-half", LivenessNumbers, "periodSeconds: 10\n            timeoutSeconds: 5", $"Warning {App}/livenessProbe/timeoutSeconds",
            "periodSeconds: 10\n            timeoutSeconds: 4"),
        With("probe-host", WorkersQuestion, WorkersQuestion + "\n              host: shop", $"Error {Worker}/livenessProbe/httpGet/host", WorkersQuestion + "\n              host: \"\""),
        Direct("probe-host", "port: 80\n            period", "port: 80\n              host: 127.0.0.1\n            period", $"Warning {App}/livenessProbe/httpGet/host",
            "port: 80\n              host: other.example.com\n            period"),
        With("hook-unknown", "?key=4f1c7b0e9a3d5268", "?key=4f1c7b0e9a3d5269", $"Error {App}/lifecycle/preStop/httpGet/path", "?key=4f1c7b0e9a3d5268"),
    ];

    private static IEnumerable<LintCase> Numbers() =>
    [
        With("period-below-timeout", "periodSeconds: 5\n            timeoutSeconds: 2", "periodSeconds: 1\n            timeoutSeconds: 2", $"Warning {App}/readinessProbe/periodSeconds",
            "periodSeconds: 2\n            timeoutSeconds: 2"),
        With("short-liveness", LivenessNumbers, LivenessNumbers.Replace("10", "9", StringComparison.Ordinal), $"Warning {App}/livenessProbe/periodSeconds",
            LivenessNumbers.Replace("10", "15", StringComparison.Ordinal).Replace("3", "2", StringComparison.Ordinal)),
        With("liveness-like-readiness", "periodSeconds: 5\n            timeoutSeconds: 2", "periodSeconds: 10\n            timeoutSeconds: 2", $"Warning {App}/livenessProbe",
            "periodSeconds: 9\n            timeoutSeconds: 2"),
        Direct("liveness-like-readiness", "          livenessProbe:", "          readinessProbe: {httpGet: {path: /status, port: 80}}\n          livenessProbe:",
            $"Warning {App}/livenessProbe", "          readinessProbe: {httpGet: {path: /ready, port: 80}}\n          livenessProbe:"),
        Direct("slow-start-without-startup-probe", "periodSeconds: 5", "initialDelaySeconds: 31", $"Warning {App}/livenessProbe/initialDelaySeconds", "initialDelaySeconds: 30"),
    ];

    private static IEnumerable<LintCase> Ports() =>
    [
        Direct("unknown-port-name", DirectProbe, "httpGet: {port: http}\n", $"Error {App}/livenessProbe/httpGet/port", "httpGet: {port: web}\n"),
        With("unknown-port-name", WorkersQuestion, WorkersQuestion.Replace("15081", "probe-agent", StringComparison.Ordinal), $"Error {Worker}/livenessProbe/httpGet/port", WorkersQuestion),
        With("port-taken", "containerPort: 80\n", "containerPort: 15082\n", $"Error {App}/ports/0/containerPort", "containerPort: 15083\n"),
        With("port-reserved", "containerPort: 80\n", "containerPort: 15021\n", $"Error {App}/ports/0/containerPort", "containerPort: 9901\n"),
        With("port-reserved", "grpc: {port: 9090}", "httpGet: {port: 15021, path: /healthz/ready}", $"Info {Agent}/env", "httpGet: {port: 9902}"),
    ];

    private static IEnumerable<LintCase> Configuration() =>
    [
        With("agent-configuration", "grpc: {port: 9090}", "grpc: {port: 15081}", $"Error {Agent}/env/0/value", "grpc: {port: 80}"),
        With("agent-configuration", "        env:\n", "        env:\n            - {name: PROBEAGENT_TARGETS, value: \":80\"}\n", $"Warning {Agent}/env/0/value",
            "        env:\n            - {name: PROBEAGENT_PORT, value: \"tcp://10.0.0.1:80\"}\n"),
        With("agent-configuration", "path: /status}", "path: $(PATHS)}\n                    relayBody: perhaps", $"Error {Agent}/env/0/value", "path: /$(PATHS)}"),
        With("agent-drain", "drain: {maxSeconds: 0}", "drain: {maxSeconds: 5}", $"Info {Agent}/env/0/value", "drain: {maxSeconds: 0}"),
    ];

    private static IEnumerable<LintCase> Container() =>
    [
        With("agent-cpu-limit", "memory: 32Mi", "memory: 32Mi\n              cpu: 99m", $"Warning {Agent}/resources/limits/cpu", "memory: 32Mi"),
        With("agent-cpu-limit", "memory: 32Mi", "memory: 32Mi\n              cpu: 0.1", $"Info {Agent}/resources/limits/cpu", "memory: 32Mi"),
        With("agent-memory-limit", "memory: 32Mi", "memory: 32M", $"Warning {Agent}/resources/limits/memory", "memory: 0.04G"),
        With("agent-runs-as-proxy", "runAsUser: 65532", "runAsUser: 1337", $"Error {Agent}/securityContext/runAsUser", "runAsUser: 1338"),
        With("agent-runs-as-proxy", "      containers:\n", "      securityContext: {runAsUser: 5995, runAsGroup: 2102}\n      containers:\n",
            $"Error {Linting.Pod}/securityContext/runAsGroup", "      securityContext: {runAsUser: 5995}\n      containers:\n"),
        With("agent-without-startup-probe", AgentsReady, "", $"Warning {Agent}", AgentsReady),
        With("agent-without-liveness-probe", AgentsHealthy, "", $"Info {Agent}", AgentsHealthy),
        With("agent-readiness-probe", AgentsHealthy, AgentsHealthy + "          readinessProbe:\n            httpGet: {path: /-/ready, port: 15081}\n", $"Warning {Agent}/readinessProbe",
            AgentsHealthy),
        With("agent-probe-asks-app", "/-/healthy", "/livez", $"Error {Agent}/livenessProbe/httpGet/path", "/-/ready"),
    ];

    private static IEnumerable<LintCase> Places() =>
    [
        With("agent-blocks-start", "restartPolicy: Always", "restartPolicy: Never", $"Error {Agent}", "restartPolicy: Always"),
        With("agent-blocks-start", "      initContainers:\n",
            "      initContainers:\n        - name: cache\n          restartPolicy: Always\n          startupProbe: {httpGet: {path: /startupz/app, port: 15081}}\n",
            $"Error {Agent}/startupProbe",
            "      initContainers:\n        - name: cache\n          restartPolicy: Always\n          startupProbe: {httpGet: {path: /, port: 9000}}\n"),
        With("agent-not-first", "      initContainers:\n", "      initContainers:\n        - {name: cache, restartPolicy: Always}\n", $"Warning {Linting.Pod}/initContainers/1",
            "      initContainers:\n"),
        With("agent-not-first", "      initContainers:\n", "      initContainers:\n        - name: migrate\n", $"Info {Linting.Pod}/initContainers/1", "      initContainers:\n"),
    ];

    private static LintCase With(string rule, string find, string wrong, string expected, string right) => new(rule, Linting.WithAgent, find, wrong, expected, right);

    private static LintCase Direct(string rule, string find, string wrong, string expected, string right) => new(rule, Linting.Direct, find, wrong, expected, right);
}
