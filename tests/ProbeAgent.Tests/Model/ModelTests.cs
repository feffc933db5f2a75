using System.Globalization;
using ProbeAgent.Tests.Model.Oracle;

namespace ProbeAgent.Tests.Model;

/// <summary>
/// Random apps, probes, stalls and wall clocks against the checks, judged by an oracle of its own. A run that fails is made
/// shorter, and told with its seed: <c>PROBE_AGENT_SEED=N</c> plays that one alone.
/// </summary>
public sealed class ModelTests
{
    private const int Runs = 300;
    private const int MostShortenings = 400;
    private const int MostTold = 5;
    private const string Stuck = "the checks did not come to rest: something waits for what nobody gives";

    // What a check can be told of, but for the mesh, which it does not know.
    private static readonly string?[] Reasons =
    [
        null, "connection_refused", "connection_reset", "connect_timeout", "response_timeout", "body_timeout", "tls_error", "protocol_error",
        "bad_status", "too_many_redirects", "grpc_not_serving", "grpc_unknown_service", "agent_late", "internal_error",
    ];

    [Fact]
    public async Task Whatever_happens_the_answers_are_those_of_the_contract()
    {
        var told = new List<string>();
        foreach (var seed in Seeds())
        {
            var scenario = new ScenarioGenerator(seed).Make();
            if (await ComplaintsAsync(scenario) is { Count: > 0 } complaints)
            {
                // The first in full; of some more what is the matter, which shows whether it is the same.
                told.Add(told.Count == 0 ? await ToldAsync(seed, scenario, complaints) : $"seed {seed}: {complaints[0]}");
            }

            if (told.Count == MostTold)
            {
                break;
            }
        }

        Assert.True(told.Count == 0, string.Join('\n', told));
    }

    /// <summary>What never happens proves nothing.</summary>
    [Fact]
    public async Task Everything_that_can_happen_does()
    {
        var questions = new List<SeenQuestion>();
        foreach (var seed in Enumerable.Range(1, Runs / 4))
        {
            questions.AddRange((await ModelRun.PlayAsync(new ScenarioGenerator(seed).Make())).Ended);
        }

        var rare = Reasons.Where(reason => questions.Count(question => question.Reason == reason) < 5);
        Assert.Empty(rare);
        Assert.InRange(questions.Count(question => question.IsWell && question.Attempts.Count > 1), 5, int.MaxValue);
    }

    private static IEnumerable<long> Seeds() => Environment.GetEnvironmentVariable("PROBE_AGENT_SEED") is { Length: > 0 } seed
        ? [long.Parse(seed, CultureInfo.InvariantCulture)]
        : Enumerable.Range(1, Runs).Select(number => (long)number);

    private static async Task<IReadOnlyList<string>> ComplaintsAsync(Scenario scenario)
    {
        try
        {
            return Judge.Complaints(await ModelRun.PlayAsync(scenario));
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException)
        {
            return [Stuck];
        }
    }

    private static async Task<string> ToldAsync(long seed, Scenario scenario, IReadOnlyList<string> complaints)
    {
        var shorter = complaints[0] == Stuck ? scenario : await ShortenedAsync(scenario);
        var left = shorter == scenario ? complaints : await ComplaintsAsync(shorter);
        var trace = complaints[0] == Stuck ? scenario.ToString() : (await ModelRun.PlayAsync(shorter)).ToString();
        return $"seed {seed} (PROBE_AGENT_SEED={seed} plays it alone), shortened:\n{string.Join('\n', left.Take(8))}\n\n{trace}";
    }

    // Leaves out one thing after the other for as long as something is still wrong.
    private static async Task<Scenario> ShortenedAsync(Scenario scenario)
    {
        var tries = 0;
        for (var hasShrunk = true; hasShrunk;)
        {
            hasShrunk = false;
            foreach (var shorter in Shorter(scenario))
            {
                if (++tries > MostShortenings)
                {
                    return scenario;
                }

                if ((await ComplaintsAsync(shorter)) is { Count: > 0 } complaints && complaints[0] != Stuck)
                {
                    (scenario, hasShrunk) = (shorter, true);
                    break;
                }
            }
        }

        return scenario;
    }

    private static IEnumerable<Scenario> Shorter(Scenario scenario)
    {
        foreach (var half in new[] { scenario.Probes.Take(scenario.Probes.Count / 2), scenario.Probes.Skip(scenario.Probes.Count / 2) })
        {
            yield return scenario with { Probes = [.. half] };
        }

        foreach (var check in scenario.Checks.Where(_ => scenario.Checks.Count > 1))
        {
            yield return scenario with { Checks = [.. scenario.Checks.Where(other => other != check)] };
        }

        foreach (var probe in scenario.Probes.Where(_ => scenario.Probes.Count > 1))
        {
            yield return scenario with { Probes = [.. scenario.Probes.Where(other => other != probe)] };
        }

        foreach (var stall in scenario.Stalls)
        {
            yield return scenario with { Stalls = [.. scenario.Stalls.Where(other => other != stall)] };
        }

        foreach (var jump in scenario.Jumps)
        {
            yield return scenario with { Jumps = [.. scenario.Jumps.Where(other => other != jump)] };
        }

        if (scenario.DrainsAt is not null)
        {
            yield return scenario with { DrainsAt = null };
        }
    }
}
