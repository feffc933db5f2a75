namespace ProbeAgent.Tests.Model.Oracle;

/// <summary>A question, as the app and a caller saw it.</summary>
/// <param name="Check">Of which check.</param>
/// <param name="Key">Which question it is.</param>
internal sealed record SeenQuestion(PlannedCheck Check, string Key)
{
    private static readonly TimeSpan MostOfAFailure = TimeSpan.FromMilliseconds(100);

    public List<SeenAttempt> Attempts { get; } = [];

    public TimeSpan Began => Attempts[0].Began;

    /// <summary>When its callers were answered; null while it is on its way.</summary>
    public TimeSpan? Ended { get; set; }

    /// <summary>What they were told.</summary>
    public int Code { get; set; }

    /// <summary>Why; null where the app is well.</summary>
    public string? Reason { get; set; }

    public bool IsWell => Reason is null;

    /// <summary>True where it says something of the app.</summary>
    public bool IsKnown => Reason is not "agent_late";

    /// <summary>How long its answer may serve others after its end.</summary>
    public TimeSpan Age => Reason switch
    {
        null => Check.MaxAge,
        "agent_late" or "internal_error" => TimeSpan.Zero,
        _ => Check.MaxAge < MostOfAFailure ? Check.MaxAge : MostOfAFailure,
    };

    public override string ToString() =>
        $"question {Key} {Began.TotalMilliseconds:0.0}–{Ended?.TotalMilliseconds:0.0}: {Code} {Reason} [{string.Join(", ", Attempts)}]";
}
