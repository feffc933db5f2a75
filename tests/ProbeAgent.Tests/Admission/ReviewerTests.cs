using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using ProbeAgent.Admission;
using ProbeAgent.Injection;
using ProbeAgent.Telemetry;
using ProbeAgent.Tests.Mesh;

namespace ProbeAgent.Tests.Admission;

public sealed class ReviewerTests
{
    private readonly WebhookMetrics metrics = new(AgentVersion.Current, AdmissionReason.All);
    private readonly LogLines<Reviewer> log = new();

    [Fact]
    public void Review_Injected_AnswersWithThePatchAndTheMark()
    {
        var response = Reviews.Response(Of(Injected()).Review(Reviews.Request(Reviews.Pod)));

        Assert.Equal("705ab4f5-6393-11e8-b7cc-42010a800002", response["uid"]!.GetValue<string>());
        Assert.True(response["allowed"]!.GetValue<bool>());
        Assert.Equal("JSONPatch", response["patchType"]!.GetValue<string>());
        Assert.Equal(
            ["/spec/hostname", "/metadata/annotations"],
            Reviews.Patch(response).Select(operation => operation!["path"]!.GetValue<string>()));
        Assert.Equal("""{"decision":"injected","reason":"moved"}""", response["auditAnnotations"]!.ToJsonString());
        Assert.False(response.ContainsKey("warnings"));
        Assert.Equal(LogLevel.Debug, Assert.Single(log.All).Level);
    }

    [Fact]
    public void Review_InjectedWithWarnings_SaysThemAndMarksTheFirst()
    {
        var result = Injected() with
        {
            Findings =
            [
                new(FindingSeverity.Info, InjectionReason.ForeignHost, "", "no matter"),
                .. Enumerable.Range(1, 20).Select(n => new InjectionFinding(FindingSeverity.Warning, InjectionReason.Advice, "", $"warning {n}")),
            ],
        };

        var response = Reviews.Response(Of(result).Review(Reviews.Request(Reviews.Pod)));

        Assert.Equal(8, response["warnings"]!.AsArray().Count);
        Assert.Equal("warning 1", response["warnings"]![0]!.GetValue<string>());
        Assert.Equal("injected: warning 1", MarkOf(response));
    }

    [Fact]
    public void Review_Error_LeavesThePodAndSaysSoEverywhere()
    {
        var response = Reviews.Response(Of(Left(InjectionDecision.Error, InjectionReason.PortTaken, FindingSeverity.Error, "port 15081 is taken"))
            .Review(Reviews.Request(Reviews.Pod)));

        Assert.True(response["allowed"]!.GetValue<bool>());
        Assert.Equal("error: port 15081 is taken", MarkOf(response));
        Assert.Equal("""{"decision":"error","reason":"port_taken"}""", response["auditAnnotations"]!.ToJsonString());
        Assert.Contains("port 15081 is taken", response["warnings"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        var (level, text) = Assert.Single(log.All);
        Assert.Equal(LogLevel.Warning, level);
        Assert.All(["web-5d4f9c-", "shop", "error", "port_taken", "port 15081 is taken"], word => Assert.Contains(word, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("MeshCameFirst")]
    [InlineData("HostNetwork")]
    [InlineData("Windows")]
    public void Review_UnchangedThoughSomebodyMightExpectIt_MarksThePod(string reason)
    {
        var response = Reviews.Response(Of(Left(InjectionDecision.Unchanged, Enum.Parse<InjectionReason>(reason), FindingSeverity.Info, "because"))
            .Review(Reviews.Request(Reviews.Pod)));

        Assert.Equal("unchanged: because", MarkOf(response));
        Assert.Equal(LogLevel.Information, Assert.Single(log.All).Level);
    }

    [Theory]
    [InlineData("NothingToMove")]
    [InlineData("AlreadyInjected")]
    [InlineData("NotInMesh")]
    [InlineData("NoPod")]
    public void Review_UnchangedAndNobodyNeedsToKnow_HasNoPatch(string reason)
    {
        var response = Reviews.Response(Of(Left(InjectionDecision.Unchanged, Enum.Parse<InjectionReason>(reason), FindingSeverity.Info, "because"))
            .Review(Reviews.Request(Reviews.Pod)));

        Assert.False(response.ContainsKey("patch"));
        Assert.False(response.ContainsKey("patchType"));
        Assert.False(response.ContainsKey("warnings"));
        Assert.Equal(LogLevel.Debug, Assert.Single(log.All).Level);
    }

    [Fact]
    public async Task Review_ABugInside_AdmitsThePodWithAMarkOnly()
    {
        var response = Reviews.Response(new Reviewer(_ => throw new InvalidOperationException("a bug"), metrics, log).Review(Reviews.Request(Reviews.Pod)));

        Assert.True(response["allowed"]!.GetValue<bool>());
        Assert.StartsWith("error: a bug of probe-agent", MarkOf(response), StringComparison.Ordinal);
        Assert.Single(Reviews.Patch(response));
        Assert.Equal("""{"decision":"error","reason":"internal_error"}""", response["auditAnnotations"]!.ToJsonString());
        Assert.Contains(log.All, line => line.Level == LogLevel.Error);
        Assert.Equal(1, await CountAsync("error", "internal_error"));
    }

    [Fact]
    public void Review_APatchThatDoesNotFitThePod_IsABugAndNotHalfAnInjection()
    {
        var patch = new JsonPatch();
        patch.Add(JsonPointer.Root / "spec" / "hostname", "a");
        patch.Replace(JsonPointer.Root / "spec" / "not there", "b");

        var response = Reviews.Response(Of(new InjectionResult(InjectionDecision.Injected, InjectionReason.Moved, patch, []))
            .Review(Reviews.Request(Reviews.Pod)));

        Assert.Equal("/metadata/annotations", Assert.Single(Reviews.Patch(response))!["path"]!.GetValue<string>());
    }

    [Fact]
    public async Task Review_WhatIsNoPod_IsAllowedUnchangedAndNobodyIsAsked()
    {
        var request = Reviews.Request(Reviews.Pod) with { Pod = null };

        var response = Reviews.Response(new Reviewer(_ => throw new InvalidOperationException("asked"), metrics, log).Review(request));

        Assert.Equal(["uid", "allowed", "auditAnnotations"], response.Select(member => member.Key));
        Assert.Equal(1, await CountAsync("unchanged", "no_pod"));
    }

    [Fact]
    public async Task Refused_IsCounted()
    {
        Of(Injected()).Refused("no review");

        Assert.Equal(1, await CountAsync("error", "malformed"));
    }

    [Fact]
    public async Task Decisions_OfWhichThereWasNone_HaveTheirSeries()
    {
        var page = await PageAsync();

        Assert.All(AdmissionReason.All, pair =>
            Assert.Contains($"probe_agent_webhook_decisions_total{{decision=\"{pair.Decision}\",reason=\"{pair.Reason}\"}} 0\n", page, StringComparison.Ordinal));
        Assert.Contains(("unchanged", "mesh_came_first"), AdmissionReason.All);
        Assert.Contains(("error", "unknown_port_name"), AdmissionReason.All);
    }

    [Fact]
    public void Review_AskedAgainAfterTheMesh_ChangesNothingMore()
    {
        var injector = new Injector(new InjectionOptions { Image = "agent:1", Mesh = InjectedMesh.Istio });
        var reviewer = new Reviewer(pod => injector.Inject(pod, []), metrics, log);
        var request = Reviews.Request(Reviews.Pod);
        var pod = JsonPatchOf(Reviews.Response(reviewer.Review(request))).Apply(request.Pod!).AsObject();
        pod["metadata"]!["annotations"]!["sidecar.istio.io/status"] = "{}";
        pod["spec"]!["containers"]!.AsArray().Add(new JsonObject { ["name"] = "istio-proxy", ["image"] = "proxyv2" });

        var response = Reviews.Response(reviewer.Review(request with { Pod = pod }));

        Assert.Equal("""{"decision":"unchanged","reason":"already_injected"}""", response["auditAnnotations"]!.ToJsonString());
        Assert.False(response.ContainsKey("patch"));
    }

    [Fact]
    public void Review_PodThatAMeshHasBeenAt_IsLeftWithTheReasonOnce()
    {
        var injector = new Injector(new InjectionOptions { Image = "agent:1", Mesh = InjectedMesh.Istio });
        var reviewer = new Reviewer(pod => injector.Inject(pod, []), metrics, log);
        var request = Reviews.Request(Reviews.Pod);
        request.Pod!["metadata"]!["annotations"] = new JsonObject { ["sidecar.istio.io/status"] = "{}" };

        var first = Reviews.Response(reviewer.Review(request));
        var second = Reviews.Response(reviewer.Review(request with { Pod = JsonPatchOf(first).Apply(request.Pod).AsObject() }));

        Assert.StartsWith("unchanged: Istio has been at this pod already", MarkOf(first), StringComparison.Ordinal);
        Assert.Single(Reviews.Patch(first));
        Assert.False(second.ContainsKey("patch"));
    }

    private Reviewer Of(InjectionResult result) => new(_ => result, metrics, log);

    private static InjectionResult Injected()
    {
        var patch = new JsonPatch();
        patch.Add(JsonPointer.Root / "spec" / "hostname", "a");
        return new InjectionResult(InjectionDecision.Injected, InjectionReason.Moved, patch, []);
    }

    private static InjectionResult Left(InjectionDecision decision, InjectionReason reason, FindingSeverity severity, string message) =>
        new(decision, reason, new JsonPatch(), [new InjectionFinding(severity, reason, "", message)]);

    private static JsonPatch JsonPatchOf(JsonObject response)
    {
        var patch = new JsonPatch();
        foreach (var operation in Reviews.Patch(response).OfType<JsonObject>())
        {
            var path = JsonPointer.Parse(operation["path"]!.GetValue<string>());
            Action apply = operation["op"]!.GetValue<string>() switch
            {
                "add" => () => patch.Add(path, operation["value"]),
                "replace" => () => patch.Replace(path, operation["value"]),
                _ => () => patch.Remove(path),
            };
            apply();
        }

        return patch;
    }

    private static string? MarkOf(JsonObject response)
    {
        var value = Reviews.Patch(response)[^1]!["value"];
        return ((value as JsonObject)?[InjectionMark.Name] ?? value)?.GetValue<string>();
    }

    private async Task<int> CountAsync(string decision, string reason)
    {
        var start = $"probe_agent_webhook_decisions_total{{decision=\"{decision}\",reason=\"{reason}\"}} ";
        return int.Parse((await PageAsync()).Split('\n').Single(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..], null);
    }

    private async Task<string> PageAsync() => Encoding.UTF8.GetString((await metrics.Page.TakeAsync(null)).Page);
}
