namespace ProbeAgent.Tests.Model.Oracle;

/// <summary>A check, as it is configured, and the app behind it.</summary>
internal sealed record PlannedCheck
{
    private static readonly TimeSpan MostMargin = TimeSpan.FromMilliseconds(250);

    public required string Name { get; init; }

    public required string Container { get; init; }

    /// <summary>Of <c>livez</c>, <c>readyz</c>, <c>startupz</c>.</summary>
    public required IReadOnlyList<string> Serves { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required TimeSpan MaxAge { get; init; }

    /// <summary>True where the pod's address is part of the question.</summary>
    public required bool IsAuto { get; init; }

    /// <summary>In order of time, the first from the beginning.</summary>
    public required IReadOnlyList<AppPhase> App { get; init; }

    /// <summary>The timeout less a margin of 10 %, at most 250 ms.</summary>
    public TimeSpan Budget => Timeout - (Timeout / 10 < MostMargin ? Timeout / 10 : MostMargin);

    public AppPhase AppAt(TimeSpan at) => App.Last(phase => phase.From <= at || phase == App[0]);

    public override string ToString() =>
        $"check {Name} of {Container}, serves {string.Join('+', Serves)}, timeout {Timeout.TotalSeconds} s, maxAge {MaxAge.TotalSeconds} s"
        + $"{(IsAuto ? ", auto" : "")}; app: {string.Join("; ", App)}";
}
