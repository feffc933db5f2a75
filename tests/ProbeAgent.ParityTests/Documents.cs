using System.Globalization;
using System.Text.Json;
using ProbeAgent.Lab;

namespace ProbeAgent.ParityTests;

/// <summary>The agent's configuration for what a target cannot say; JSON is YAML.</summary>
internal static class Documents
{
    private const string Key = "sesame";

    /// <summary>The path at which the agent takes the hook of <see cref="Hook"/>.</summary>
    public const string HookPath = "/app-lifecycle/app/preStop?key=" + Key;

    /// <summary>A check with headers.</summary>
    public static string WithHeaders(string scheme, string host, int port, IReadOnlyList<ProbeHeader> headers) =>
        Text(new { checks = new object[] { Check(new { scheme, host, port, path = "/status", httpHeaders = headers }) } });

    /// <summary>A gRPC check.</summary>
    public static string Grpc(int port, string service) => Text(new
    {
        checks = new object[] { new { name = "app", timeoutSeconds = 1, maxAgeSeconds = 0, grpc = new { host = "127.0.0.1", port, service } } },
    });

    /// <summary>A hook, and the check that there must be.</summary>
    public static string Hook(string scheme, int port) => Text(new
    {
        checks = new object[] { Check(new { scheme = "HTTP", host = "127.0.0.1", port, path = "/status" }) },
        hooks = new object[]
        {
            new
            {
                container = "app",
                hook = "preStop",
                key = Key,
                httpGet = new { scheme = scheme.ToUpper(CultureInfo.InvariantCulture), host = "127.0.0.1", port, path = "/status" },
            },
        },
    });

    private static object Check(object httpGet) => new { name = "app", timeoutSeconds = 1, maxAgeSeconds = 0, httpGet };

    private static string Text(object document) => JsonSerializer.Serialize(document, JsonSerializerOptions.Web);
}
