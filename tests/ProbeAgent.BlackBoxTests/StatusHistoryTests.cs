using System.Text.Json;
using System.Text.RegularExpressions;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests;

/// <summary>What has been, in <c>/status.json</c>: the last changes and the phases, each field explained in <c>docs/status.md</c>.</summary>
public sealed partial class StatusHistoryTests
{
    [Fact]
    public async Task Changes_are_told_newest_first_with_reason_and_how_long_it_was_before()
    {
        await using var pod = await StartAsync(AppScripts.Well);
        await pod.GetAsync("/livez");
        pod.App.Script = AppScripts.Status(503);
        await pod.GetAsync("/livez");
        await pod.GetAsync("/livez");
        pod.App.Script = AppScripts.Well;
        await pod.GetAsync("/livez");

        var check = await CheckAsync(pod);

        var transitions = check.GetProperty("transitions").EnumerateArray().ToList();
        Assert.Equal(
            [("down", "up", null), ("up", "down", "bad_status"), ("unknown", "up", null)],
            transitions.Select(transition => (Text(transition, "from"), Text(transition, "to"), Text(transition, "reason"))));
        Assert.Equal(Text(check, "since"), Text(transitions[0], "time"));
        Assert.Contains("503", Text(transitions[1], "output"), StringComparison.Ordinal);
        Assert.False(transitions[2].TryGetProperty("lastedSeconds", out _));
        Assert.All(transitions[..2], transition => Assert.InRange(transition.GetProperty("lastedSeconds").GetDouble(), 0, 60));
    }

    [Fact]
    public async Task An_app_that_flaps_leaves_twenty_changes_and_no_more()
    {
        await using var pod = await StartAsync(AppScripts.Well);
        for (var i = 0; i < 15; i++)
        {
            pod.App.Script = AppScripts.Well;
            await pod.GetAsync("/livez");
            pod.App.Script = AppScripts.Status(503);
            await pod.GetAsync("/livez");
        }

        var transitions = (await CheckAsync(pod)).GetProperty("transitions");

        Assert.Equal(20, transitions.GetArrayLength());
        Assert.Equal("down", Text(transitions[0], "to"));
    }

    [Fact]
    public async Task Phases_of_the_last_attempt_are_told_as_far_as_it_came()
    {
        await using var pod = await StartAsync(AppScripts.Well);
        await pod.GetAsync("/livez");
        var well = (await CheckAsync(pod)).GetProperty("phases");
        pod.App.Script = AppScripts.Reset;
        await pod.GetAsync("/livez");
        var reset = (await CheckAsync(pod)).GetProperty("phases");

        Assert.Equal(["connectSeconds", "firstByteSeconds", "bodySeconds"], well.EnumerateObject().Select(phase => phase.Name));
        Assert.Equal(["connectSeconds"], reset.EnumerateObject().Select(phase => phase.Name));
        Assert.All(well.EnumerateObject(), phase => Assert.InRange(phase.Value.GetDouble(), 0, 1));
    }

    [Fact]
    public async Task Every_field_is_explained()
    {
        await using var pod = await StartAsync(AppScripts.Well, ("PROBEAGENT_NOSUCH", "1"));
        await pod.GetAsync("/livez");
        pod.App.Script = AppScripts.Status(503);
        await pod.GetAsync("/livez");
        var page = await File.ReadAllTextAsync(Checkout.InRoot("docs/status.md"), TestContext.Current.CancellationToken);
        var explained = Row().Matches(page).Select(match => match.Groups[1].Value).ToHashSet();

        using var document = JsonDocument.Parse((await Probe.GetAdminAsync(pod.Agent, "/status.json")).Body);
        var fields = FieldsOf(document.RootElement, "").Distinct().ToList();

        Assert.Empty(fields.Except(explained));

        // But the sidecar's readiness and TLS, which this pod does not have.
        Assert.Equal(
            ["checks.NAME[].phases.tlsSeconds", "mesh.ready", "mesh.since"], explained.Except(fields).Order(StringComparer.Ordinal));
    }

    // An app that answers at once is well in time, also where the machine is busy.
    private static Task<Pod> StartAsync(AppScript script, params (string, string)[] environment) =>
        Pod.StartAsync(script, [("PROBEAGENT_TIMEOUT_SECONDS", "10"), .. environment]);

    private static async Task<JsonElement> CheckAsync(Pod pod)
    {
        using var document = JsonDocument.Parse((await Probe.GetAdminAsync(pod.Agent, "/status.json")).Body);
        return Assert.Single(document.RootElement.GetProperty("checks").GetProperty("app").EnumerateArray()).Clone();
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static IEnumerable<string> FieldsOf(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            FieldsOf(property.Value, path == "checks" ? "checks.NAME" : path.Length == 0 ? property.Name : $"{path}.{property.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => FieldsOf(item, $"{path}[]")).Prepend($"{path}[]"),
        _ => [path],
    };

    // | `checks.NAME[].status` | text | …
    [GeneratedRegex("^\\| `([a-zA-Z.\\[\\]]+)` \\| (?:text|number|time|boolean|list) \\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
