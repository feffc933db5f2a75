using System.Globalization;
using System.Text.Json.Nodes;
using ProbeAgent.Lint;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ProbeAgent.Tests.Lint;

/// <summary>Manifests for the tests of the rules, and what the linter says of them.</summary>
internal static class Linting
{
    /// <summary>An app of two containers whose probes the agent answers, in Istio: nothing is wrong with it.</summary>
    public const string WithAgent = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: shop
        spec:
          template:
            metadata:
              labels:
                app: shop
              annotations:
                traffic.sidecar.istio.io/excludeInboundPorts: "15081"
                sidecar.istio.io/rewriteAppHTTPProbers: "false"
            spec:
              initContainers:
                - name: probe-agent
                  image: ghcr.io/probe-agent/probe-agent:0.1.0
                  restartPolicy: Always
                  env:
                    - name: PROBEAGENT_CONFIG_YAML
                      value: |
                        checks:
                          - name: app
                            timeoutSeconds: 2
                            httpGet: {port: 80, path: /status}
                          - name: queue
                            container: worker
                            probes: [liveness]
                            grpc: {port: 9090}
                        hooks:
                          - container: app
                            hook: preStop
                            key: 4f1c7b0e9a3d5268
                            httpGet: {port: 80, path: /stop}
                        drain: {maxSeconds: 0}
                  ports:
                    - name: probe-agent
                      containerPort: 15081
                  startupProbe:
                    httpGet: {path: /-/ready, port: 15081}
                    periodSeconds: 1
                    failureThreshold: 30
                  livenessProbe:
                    httpGet: {path: /-/healthy, port: 15081}
                    periodSeconds: 5
                    timeoutSeconds: 3
                  resources:
                    limits:
                      memory: 32Mi
                  securityContext:
                    runAsUser: 65532
              containers:
                - name: app
                  image: registry.example.com/shop:1
                  ports:
                    - name: web
                      containerPort: 80
                  lifecycle:
                    preStop:
                      httpGet: {path: "/app-lifecycle/app/preStop?key=4f1c7b0e9a3d5268", port: 15081}
                  livenessProbe:
                    httpGet:
                      path: /app-health/app/livez
                      port: 15081
                    periodSeconds: 10
                    timeoutSeconds: 2
                    failureThreshold: 3
                  readinessProbe:
                    httpGet:
                      path: /app-health/app/readyz
                      port: 15081
                    periodSeconds: 5
                    timeoutSeconds: 2
                - name: worker
                  image: registry.example.com/worker:1
                  livenessProbe:
                    httpGet:
                      path: /app-health/worker/livez
                      port: 15081
        """;

    /// <summary>An app that the kubelet asks itself, in Istio with its rewriting off.</summary>
    public const string Direct = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: shop
        spec:
          template:
            metadata:
              labels:
                app: shop
              annotations:
                sidecar.istio.io/rewriteAppHTTPProbers: "false"
            spec:
              containers:
                - name: app
                  image: registry.example.com/shop:1
                  ports:
                    - name: web
                      containerPort: 80
                  livenessProbe:
                    httpGet:
                      path: /status
                      port: 80
                    periodSeconds: 5
                    failureThreshold: 3
        """;

    /// <summary>The pod of the two above.</summary>
    public const string Pod = "/spec/template/spec";

    /// <summary>What is said of the documents of a text.</summary>
    public static IReadOnlyList<LintFinding> Lint(string yaml, LintOptions? options = null) => new Linter(options ?? new LintOptions()).Lint(Documents(yaml));

    /// <summary>The same of one rule, as severity and place.</summary>
    public static IEnumerable<string> Lint(string yaml, string rule, LintOptions? options = null) =>
        Lint(yaml, options).Where(finding => finding.Rule == rule).Select(finding => $"{finding.Severity} {finding.Pointer}");

    /// <summary>The documents of a text.</summary>
    public static IReadOnlyList<JsonNode> Documents(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return [.. stream.Documents.Select(document => Value(document.RootNode)!)];
    }

    private static JsonNode? Value(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Select(entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, Value(entry.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(Value)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } truth => JsonValue.Create(truth.Value == "true"),
        YamlScalarNode { Style: ScalarStyle.Plain } number when long.TryParse(number.Value, CultureInfo.InvariantCulture, out var value) => JsonValue.Create(value),
        YamlScalarNode text => JsonValue.Create(text.Value),
        _ => null,
    };
}
