using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ProbeAgent.Configuration;
using ProbeAgent.Mesh;
using ProbeAgent.Probing;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Tests.Mesh;

public sealed class CaptureWatchTests : IDisposable
{
    private const string Both =
        "traffic.sidecar.istio.io/excludeInboundPorts: \"15081\" and sidecar.istio.io/rewriteAppHTTPProbers: \"false\"";

    private readonly Dictionary<ProbeWay, DefaultHttpContext> contexts = new()
    {
        [ProbeWay.Direct] = Context("10.66.1.1"),
        [ProbeWay.FromThePod] = Context("127.0.0.1"),
        [ProbeWay.Captured] = Context("127.0.0.6"),
        [ProbeWay.Rewritten] = Context("127.0.0.6", ("Accept-Encoding", "gzip")),
        [ProbeWay.ThroughEnvoy] = Context("10.66.1.1", ("x-envoy-attempt-count", "1")),
    };

    private readonly SignallingClock time = new();
    private readonly AgentMetrics metrics = new(AgentVersion.Current);
    private readonly LinesOf<CaptureWatch> lines = new();
    private readonly Socket app = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CaptureWatch watch;
    private string mesh = "istio";

    public CaptureWatchTests()
    {
        app.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        app.Listen(64);
        var port = new AppPort(new TargetHost("127.0.0.1", [IPAddress.Loopback]), ((IPEndPoint)app.LocalEndPoint!).Port, new PodAddress());
        watch = new CaptureWatch(15081, [port], () => mesh, metrics, time, lines);
    }

    public void Dispose() => app.Dispose();

    [Theory]
    [InlineData("Captured", "through the sidecar (from 127.0.0.6 or ::6): port 15081 is captured")]
    [InlineData("Rewritten", "the mesh has rewritten the pod's probes to a port of its own")]
    [InlineData("ThroughEnvoy", "port 15081 is captured, or the mesh has rewritten")]
    public void Asked_ThroughTheSidecar_IsOneLineWithBothAnnotations(string way, string words)
    {
        for (var probe = 0; probe < 100; probe++)
        {
            Probe("/livez", way: Enum.Parse<ProbeWay>(way));
        }

        var line = Assert.Single(lines.All);
        Assert.Equal((LogLevel.Warning, 3020), (line.Level, line.Id));
        Assert.Contains(" /livez ", line.Text, StringComparison.Ordinal);
        Assert.Contains(words, line.Text, StringComparison.Ordinal);
        Assert.EndsWith(Both, line.Text, StringComparison.Ordinal);
        Assert.Equal(line.Text, Assert.Single(watch.Warnings));
        Assert.Equal(1, metrics.CaptureSuspected.Value);
    }

    [Theory]
    [InlineData("linkerd", "the pod needs the annotation config.linkerd.io/skip-inbound-ports: \"15081\"")]
    [InlineData("kuma", "traffic.kuma.io/exclude-inbound-ports: \"15081\" and kuma.io/application-probe-proxy-port: \"0\"")]
    [InlineData("consul", "consul.hashicorp.com/transparent-proxy-exclude-inbound-ports: \"15081\" and consul.hashicorp.com/transparent-proxy-overwrite-probes: \"false\"")]
    [InlineData("unknown", Both + " (Istio's; for other meshes see docs/mesh.md)")]
    [InlineData("custom", Both + " (Istio's; for other meshes see docs/mesh.md)")]
    public void Asked_ThroughTheSidecar_NamesTheAnnotationsOfTheMesh(string name, string annotations)
    {
        mesh = name;
        Probe("/livez", way: ProbeWay.Captured);

        Assert.EndsWith(annotations, Assert.Single(lines.All).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asked_FromThePod_SaysNothingAndIsNoRhythm()
    {
        for (var probe = 0; probe < 100; probe++)
        {
            Probe("/livez", way: ProbeWay.FromThePod);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await AssertNothingComesForAsync(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Look_AfterFiveMinutesOfCleanProbes_EndsWhatWasFound()
    {
        Probe("/livez", way: ProbeWay.Captured);

        for (var second = 0; second < 299; second += 10)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            Probe("/livez");
            Assert.Single(lines.All);
            await LookAsync();
        }

        var line = lines.All[^1];
        Assert.Equal((LogLevel.Information, 3021), (line.Level, line.Id));
        Assert.Equal("The kubelet's probes come directly again, after 5 min 0 s", line.Text);
        Assert.Equal(2, lines.All.Count);
        Assert.Empty(watch.Warnings);
        Assert.Equal(0, metrics.CaptureSuspected.Value);
    }

    [Fact]
    public async Task Look_WhereMarkedAndCleanProbesTakeTurns_StaysAtOneLine()
    {
        for (var probe = 0; probe < 100; probe++)
        {
            Probe("/livez", way: probe % 10 == 0 ? ProbeWay.ThroughEnvoy : ProbeWay.Direct);
            time.Advance(TimeSpan.FromSeconds(10));
            await LookAsync();
        }

        Assert.Single(lines.All);
        Assert.Equal(1, metrics.CaptureSuspected.Value);
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(10, 30)]
    [InlineData(11, 33)]
    [InlineData(60, 180)]
    public async Task Look_AfterThreePeriodsAndHalfAMinuteOfSilence_SaysIt(int period, int silence)
    {
        ProbeThrice("/livez", period);

        await AssertNothingComesForAsync(TimeSpan.FromSeconds(silence - 1));
        time.Advance(TimeSpan.FromSeconds(1));
        await LookAsync();
        await LookAsync();

        var line = Assert.Single(lines.All);
        Assert.Equal((LogLevel.Warning, 3020), (line.Level, line.Id));
        Assert.Contains("The kubelet has asked nothing for", line.Text, StringComparison.Ordinal);
        Assert.EndsWith(Both, line.Text, StringComparison.Ordinal);
        Assert.Equal(1, metrics.CaptureSuspected.Value);
        Assert.Single(watch.Warnings);
    }

    [Fact]
    public async Task Look_AtTheFirstProbeAfterSilence_EndsIt()
    {
        ProbeThrice("/livez", 1);
        time.Advance(TimeSpan.FromSeconds(30));
        await LookAsync();

        Probe("/livez");
        await LookAsync();

        Assert.Equal([3020, 3021], lines.All.Select(line => line.Id));
        Assert.Equal(0, metrics.CaptureSuspected.Value);
    }

    [Fact]
    public async Task Asked_ThroughTheSidecarAfterSilence_SaysWhatIsCertainNow()
    {
        ProbeThrice("/livez", 1);
        time.Advance(TimeSpan.FromSeconds(30));
        await LookAsync();

        Probe("/livez", way: ProbeWay.Captured);

        Assert.Equal([3020, 3020], lines.All.Select(line => line.Id));
        Assert.Contains("is captured", lines.All[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_AfterTwoProbesOnly_SaysNothing()
    {
        Probe("/livez");
        time.Advance(TimeSpan.FromSeconds(1));
        Probe("/livez");

        await AssertNothingComesForAsync(TimeSpan.FromMinutes(30));
    }

    [Fact]
    public async Task Look_WhereAStartupProbeHasEnded_SaysNothing()
    {
        ProbeThrice("/startupz", 1, ProbeKind.Startup);

        await AssertNothingComesForAsync(TimeSpan.FromMinutes(30));
    }

    /// <summary>One probe may end for reasons of its own; a captured port ends all.</summary>
    [Fact]
    public async Task Look_WhereAnotherProbeGoesOn_SaysNothing()
    {
        ProbeThrice("/app-health/worker/livez", 1);

        for (var probe = 0; probe < 60; probe++)
        {
            Probe("/-/healthy");
            await AssertNothingComesForAsync(TimeSpan.FromSeconds(20));
        }
    }

    [Fact]
    public async Task Look_WhereAnotherProbeHasALongPeriod_WaitsForThreeOfIt()
    {
        ProbeThrice("/readyz", 60, ProbeKind.Readiness);
        ProbeThrice("/livez", 1);

        await AssertNothingComesForAsync(TimeSpan.FromSeconds(179));
        time.Advance(TimeSpan.FromSeconds(1));
        await LookAsync();

        Assert.Single(lines.All);
    }

    [Fact]
    public async Task Look_WhereTheLatestAnswerWasAFailure_SaysNothing()
    {
        ProbeThrice("/livez", 1);
        Probe("/livez", succeeded: false);

        await AssertNothingComesForAsync(TimeSpan.FromMinutes(30));
    }

    /// <summary>While it is not ready, readiness is asked out of turn at whatever happens in the pod, and then at its long period.</summary>
    [Fact]
    public async Task Look_AtASlowStart_SaysNothing()
    {
        foreach (var seconds in new[] { 2.0, 0.005, 1, 3, 60, 60, 1, 60 })
        {
            Probe("/readyz", ProbeKind.Readiness, succeeded: false);
            await AssertNothingComesForAsync(TimeSpan.FromSeconds(seconds));
        }

        Probe("/readyz", ProbeKind.Readiness);
        await AssertNothingComesForAsync(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Look_WhereTheAppDoesNotListen_SaysNothing_NorOnceItIsBackBeforeItsProbes()
    {
        ProbeThrice("/livez", 10);
        var port = ((IPEndPoint)app.LocalEndPoint!).Port;
        app.Dispose();
        await AssertNothingComesForAsync(TimeSpan.FromMinutes(5));

        using var restarted = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        restarted.Bind(new IPEndPoint(IPAddress.Loopback, port));
        restarted.Listen(64);
        await AssertNothingComesForAsync(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Look_WhereTheAgentWasStoppedMeanwhile_SaysNothing()
    {
        ProbeThrice("/livez", 1);
        await LookAsync();

        time.Advance(TimeSpan.FromSeconds(40));

        await AssertNothingComesForAsync(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Watch_LooksByItself()
    {
        using var ending = new CancellationTokenSource();
        var watching = watch.WatchAsync(ending.Token);
        ProbeThrice("/livez", 1);

        for (var pauses = 0; pauses < 3; pauses++)
        {
            await time.PassPauseAsync(TimeSpan.FromSeconds(10));
        }

        await lines.First.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Contains("has asked nothing", Assert.Single(lines.All).Text, StringComparison.Ordinal);
        await ending.CancelAsync();
        await watching;
    }

    [Fact]
    public async Task Watch_WhenThePodEnds_IsOver()
    {
        using var ending = new CancellationTokenSource();
        var watching = watch.WatchAsync(ending.Token);
        ProbeThrice("/livez", 1);
        await time.PassPauseAsync(TimeSpan.FromSeconds(10));

        await ending.CancelAsync();
        await watching.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromMinutes(10));

        Assert.Empty(lines.All);
    }

    [Fact]
    public void Asked_OnTheCleanPath_AllocatesNothing()
    {
        Probe("/livez");
        time.Advance(TimeSpan.FromSeconds(1));
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var probe = 0; probe < 1000; probe++)
        {
            Probe("/livez");
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Asked_WhereSomethingIsThrown_ThrowsNothingAndSaysItOnce()
    {
        var broken = new CaptureWatch(15081, [], () => throw new InvalidOperationException("fault"), metrics, time, lines);

        for (var probe = 0; probe < 3; probe++)
        {
            broken.Answered(broken.Asked(contexts[ProbeWay.Captured], "/livez", ProbeKind.Liveness), succeeded: true);
        }

        Assert.Equal((LogLevel.Error, 3022), (Assert.Single(lines.All).Level, lines.All[0].Id));
    }

    private void ProbeThrice(string path, int period, ProbeKind probe = ProbeKind.Liveness)
    {
        Probe(path, probe);
        for (var more = 0; more < 2; more++)
        {
            time.Advance(TimeSpan.FromSeconds(period));
            Probe(path, probe);
        }
    }

    private void Probe(string path, ProbeKind probe = ProbeKind.Liveness, ProbeWay way = ProbeWay.Direct, bool succeeded = true)
    {
        watch.Answered(watch.Asked(contexts[way], path, probe), succeeded);
    }

    private static DefaultHttpContext Context(string from, params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        (context.Connection.RemoteIpAddress, context.Connection.LocalIpAddress) = (IPAddress.Parse(from), IPAddress.Parse("10.66.1.20"));
        context.Request.Headers.UserAgent = "kube-probe/1.36";
        foreach (var (name, value) in headers)
        {
            context.Request.Headers[name] = value;
        }

        return context;
    }

    private Task LookAsync() => watch.LookAsync(TestContext.Current.CancellationToken);

    private async Task AssertNothingComesForAsync(TimeSpan duration)
    {
        var pause = TimeSpan.FromSeconds(10);
        for (var left = duration; left > TimeSpan.Zero; left -= pause)
        {
            time.Advance(left < pause ? left : pause);
            await LookAsync();
            Assert.Empty(lines.All);
            Assert.Equal(0, metrics.CaptureSuspected.Value);
        }
    }
}
