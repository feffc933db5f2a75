using ProbeAgent.Configuration;
using ProbeAgent.Mesh;
using ProbeAgent.Probing;
using ProbeAgent.Tests.Probing.Wire;

namespace ProbeAgent.Tests.Mesh;

/// <summary>Which answers are a sidecar's own, and which only look so. Each mesh is looked for at the port of the fake.</summary>
public sealed class MeshFinderTests
{
    private static readonly string[] Meshes = ["Istio", "Linkerd", "Kuma"];

    private static readonly Dictionary<string, (string Path, string Answer)[]> Sidecars = new()
    {
        ["Istio"] = [("/app-health/none/livez", SidecarPlay.Istio)],
        ["Linkerd, ready"] = [("/live", SidecarPlay.Answer(200, "live\n")), ("/ready", SidecarPlay.Answer(200, "ready\n"))],
        ["Linkerd, not ready"] = [("/live", SidecarPlay.Answer(200, "live\n")), ("/ready", SidecarPlay.Answer(503, "not ready\n"))],
        ["Kuma, ready"] = [("/ready", SidecarPlay.KumaReady)],
        ["Kuma, terminating"] = [("/ready", SidecarPlay.KumaTerminating)],
        ["Kuma, with Envoy's answer"] = [("/ready", SidecarPlay.EnvoyLive), ("/runtime_modify", SidecarPlay.KumaForbids)],
        ["Kuma, before Envoy"] = [("/ready", SidecarPlay.Answer(503, "envoy not ready\n")), ("/runtime_modify", SidecarPlay.KumaForbids)],
    };

    private static readonly Dictionary<string, (string Path, string Answer)[]> LookAlikes = new()
    {
        ["another 400 than Istio's"] = [("/app-health/none/livez", SidecarPlay.Answer(400, "no such app"))],
        ["Istio's words with 200"] = [("/app-health/none/livez", SidecarPlay.Istio.Replace("400", "200", StringComparison.Ordinal))],
        ["Linkerd's words without their ends of line"] = [("/live", SidecarPlay.Answer(200, "live")), ("/ready", SidecarPlay.Answer(200, "ready"))],
        ["live, and never ready"] = [("/live", SidecarPlay.Answer(200, "live\n"))],
        ["not ready with 200"] = [("/live", SidecarPlay.Answer(200, "live\n")), ("/ready", SidecarPlay.Answer(200, "not ready\n"))],
        ["Kuma's word without its header"] = [("/ready", SidecarPlay.Answer(200, "READY"))],
        ["Kuma's header on a redirect"] = [("/ready", SidecarPlay.KumaReady.Replace("200", "302", StringComparison.Ordinal))],
        ["an Envoy that is nobody's"] = [("/ready", SidecarPlay.EnvoyLive), ("/runtime_modify", SidecarPlay.EnvoyForbids)],
        ["an app that forbids"] = [("/ready", SidecarPlay.Ok), ("/runtime_modify", SidecarPlay.KumaForbids)],
    };

    public static TheoryData<string> SidecarNames => [.. Sidecars.Keys];

    public static TheoryData<string> LookAlikeNames => [.. LookAlikes.Keys];

    [Theory]
    [MemberData(nameof(SidecarNames))]
    public async Task Find_ASidecarByItsOwnAnswer_NamesItsMesh(string name)
    {
        await using var sidecar = new FakeApp(SidecarPlay.By(Sidecars[name]));

        var found = await FindAsync(sidecar.Port, new SteadyClock());

        Assert.Equal(name.Split(',')[0], found?.Mark.Kind.ToString());
        Assert.Matches($"^GET http://[^/]+:{sidecar.Port}/[a-z_/-]+ answered [0-9]+ after ", found!.Message);
    }

    [Theory]
    [MemberData(nameof(LookAlikeNames))]
    public async Task Find_AServerThatOnlyLooksSo_FindsNothing(string name)
    {
        await using var app = new FakeApp(SidecarPlay.By(LookAlikes[name]));

        Assert.Null(await FindAsync(app.Port, new SteadyClock()));
    }

    [Theory]
    [InlineData(SidecarPlay.Ok)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-Powered-By: kuma-dp\r\nContent-Length: 5\r\n\r\n")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: /live\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    [InlineData("")]
    public async Task Find_AnAppThatAnswersEverythingSoOrNothing_FindsNothing(string answer)
    {
        await using var app = new FakeApp(SidecarPlay.Always(answer));

        Assert.Null(await FindAsync(app.Port));
    }

    [Fact]
    public async Task Find_AFloodOfBytes_ReadsLittleAndFindsNothing()
    {
        await using var app = new FakeApp(async (socket, end) =>
        {
            await socket.SendAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), end);
            while (true)
            {
                await socket.SendAsync(new byte[64 * 1024], end);
            }
        });

        Assert.Null(await FindAsync(app.Port));
    }

    [Fact]
    public async Task Find_WhereNobodyListens_FindsNothing() => Assert.Null(await FindAsync(FakeApp.ClosedPort()));

    [Theory]
    [InlineData("Istio", 15020)]
    [InlineData("Istio", 15021)]
    [InlineData("Linkerd", 4191)]
    [InlineData("Kuma", 9902)]
    public void MayBeLookedFor_AtAPortThatIsAChecks_IsFalse(string kind, int port)
    {
        var looked = MeshMark.All.Where(mark => mark.MayBeLookedFor(new HashSet<int> { port, 80 }));

        Assert.Equal(Meshes.Except([kind]), looked.Select(mark => mark.Kind.ToString()).Distinct());
    }

    [Theory]
    [InlineData("Istio", 15021, "/healthz/ready")]
    [InlineData("Linkerd", 4191, "/ready")]
    [InlineData("Kuma", 9902, "/ready")]
    public void ReadyTarget_IsWhatTheMeshSays(string kind, int port, string path)
    {
        var target = MeshMark.ReadyTargetOf(Enum.Parse<MeshKind>(kind))!;

        Assert.Equal((port, path), (target.Port, target.Path));
    }

    // On a clock that stands still no answer is late, however busy the machine is.
    private static Task<FoundMesh?> FindAsync(int port, TimeProvider? time = null)
    {
        var clock = time ?? TimeProvider.System;
        var marks = MeshMark.All.Select(mark => mark with { Port = port, ReadyPort = port }).ToList();
        return new MeshFinder(marks, new ShortQuestion(new PodAddress(), clock, CancellationToken.None), clock).FindAsync();
    }
}
