using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>A pod whose agent knows the app's preStop hook, <c>/shutdown</c>; shared by the tests of a class.</summary>
public sealed class HookPod : IAsyncLifetime
{
    /// <summary>The key of the hook.</summary>
    public const string Key = "S3cret-key._~";

    /// <summary>What runs it.</summary>
    public const string Target = "/app-lifecycle/app/preStop?key=" + Key;

    /// <summary>What the kubelet of Kubernetes 1.36 calls itself here.</summary>
    public const string KubeletUserAgent = "User-Agent: kube-lifecycle/1.36";

    private Pod? pod;

    /// <summary>The pod.</summary>
    public Pod Pod => pod ?? throw new InvalidOperationException("The fixture has not been started.");

    /// <summary>Starts a pod of its own. The app's probes are answered well; the script is for its hook.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The pod disposes of its app.")]
    public static async Task<Pod> StartAsync(AppScript script, params (string Name, string Value)[] environment)
    {
        var app = FakeApp.Start(For(script));
        var port = app.Port.ToString(CultureInfo.InvariantCulture);
        var document = $"hooks: [{{container: app, hook: preStop, key: {Key}, httpGet: {{port: {port}, path: /shutdown?now=1}}}}]";
        return await Pod.AroundAsync(app, [("PROBEAGENT_CONFIG_YAML", document), .. environment]);
    }

    /// <summary>An app that does this at its hook, and is well.</summary>
    public static AppScript For(AppScript script) => async visit =>
    {
        await visit.HeadArrived;
        await (visit.Target == "/status" ? AppScripts.Well(visit) : script(visit));
    };

    /// <summary>Calls the hook and returns once the app has its question; its answer is still to come.</summary>
    public static async Task<(ProbeConnection Call, AppVisit Visit)> BeginAsync(Pod pod)
    {
        var call = await ProbeConnection.OpenAsync(IPAddress.Loopback, pod.Agent.PublicPort);
        await call.SendAsync(Probe.Request("GET", Target, pod.Agent.PublicPort));
        AppVisit visit;
        do
        {
            visit = await pod.App.NextVisitAsync();
            await Task.WhenAny(visit.HeadArrived, visit.Ended);
        }
        while (!visit.Received.StartsWith("GET /shutdown", StringComparison.Ordinal));

        return (call, visit);
    }

    public async ValueTask InitializeAsync() => pod = await StartAsync(AppScripts.Well);

    public async ValueTask DisposeAsync()
    {
        if (pod is not null)
        {
            await pod.DisposeAsync();
        }
    }
}
