using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using ProbeAgent.Checks;
using ProbeAgent.Configuration;
using ProbeAgent.Probing;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Hosting;

/// <summary>Asks once, now, by the same code as the running agent, and says what came of it.</summary>
internal sealed class OneQuestion(AgentConfiguration configuration, TimeProvider timeProvider)
{
    /// <summary>Asks every check, side by side; true where all hold. The text is for a person, and for the event of an exec probe.</summary>
    public async Task<(bool Holds, string Text)> AskAsync()
    {
        var factory = new CheckFactory(new AgentMetrics(AgentVersion.Current), timeProvider, NullLogger<CheckRecord>.Instance);
        var checks = factory.Create(configuration, CancellationToken.None, endOfLooks: new CancellationToken(canceled: true));
        var results = await Task.WhenAll(checks.Select(check => check.AskAsync(reachedOn: null, callersUserAgent: null)));
        var text = new StringBuilder();
        foreach (var (check, result) in checks.Zip(results))
        {
            Describe(text, check.Name, result);
        }

        return (results.All(result => result.Succeeded), text.ToString());
    }

    private static void Describe(StringBuilder text, string name, AttemptResult result)
    {
        var state = result.Reason is { } reason ? $"failed ({ReasonWord.Of(reason)})" : "ok";
        text.Append(CultureInfo.InvariantCulture, $"{name}: {state}: {result.Message}\n");
        var phases = result.Phases.Reached().Select(phase => $"{phase.Name} {DurationText.Of(phase.Duration)}");
        text.Append(CultureInfo.InvariantCulture, $"  {string.Join(", ", phases.Append($"total {DurationText.Of(result.Phases.Total)}"))}\n");
        if (result.BodyExcerpt is { } body)
        {
            text.Append(CultureInfo.InvariantCulture, $"  body: {body}\n");
        }
    }
}
