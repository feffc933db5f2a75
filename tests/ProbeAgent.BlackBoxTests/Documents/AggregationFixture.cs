namespace ProbeAgent.BlackBoxTests.Documents;

/// <summary>
/// One pod of three containers whose five checks serve different probes; shared by the tests of a class, which run one after the
/// other. Nothing finished is shared between probes, so that what an app does now is what the next answer says.
/// </summary>
public sealed class AggregationFixture() : DocumentFixture([.. Checks], Document)
{
    private const string Document = """
        checks:
          - name: web
            httpGet: { port: $web, path: /status }
            maxAgeSeconds: 0
          - name: queue
            container: web
            probes: [readiness]
            httpGet: { port: $queue }
            maxAgeSeconds: 0
          - name: cache-live
            container: cache
            probes: [liveness]
            httpGet: { port: $cache-live }
            maxAgeSeconds: 0
          - name: cache-start
            container: cache
            probes: [startup, readiness]
            httpGet: { port: $cache-start }
            maxAgeSeconds: 0
          - name: batch
            probes: [readiness]
            httpGet: { port: $batch }
            maxAgeSeconds: 0
        """;

    /// <summary>Every check, in configured order; the app of a check has its name.</summary>
    public static IReadOnlyList<string> Checks { get; } = ["web", "queue", "cache-live", "cache-start", "batch"];
}
