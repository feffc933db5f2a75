namespace ProbeAgent.Tests.Model.Oracle;

/// <summary>All that was seen of one run.</summary>
internal sealed record Seen(Scenario Scenario)
{
    /// <summary>In the order in which they began.</summary>
    public List<SeenQuestion> Questions { get; } = [];

    /// <summary>In the order in which they ended.</summary>
    public List<SeenQuestion> Ended { get; } = [];

    public List<SeenAnswer> Answers { get; } = [];

    /// <summary>How often checks were asked, by probes and by those who came in the same moment to see how it goes on.</summary>
    public Dictionary<string, int> Callers { get; } = [];

    /// <summary>The metrics at the end, name and labels to value.</summary>
    public Dictionary<string, double> Metrics { get; } = [];

    /// <summary>Since when each check has been as it is, at the end, by its status; null where it knows nothing.</summary>
    public Dictionary<string, TimeSpan?> ShownSince { get; } = [];

    /// <summary>The wall clock at the beginning.</summary>
    public required DateTimeOffset Start { get; init; }

    public override string ToString() => $"{Scenario}\n{string.Join('\n', Questions)}\n"
        + string.Join('\n', Answers.Select(answer =>
            $"{answer.Probe}: {answer.At?.TotalMilliseconds:0.0} {answer.Code} {answer.Text.Replace('\n', '|')}"));
}
