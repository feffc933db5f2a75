using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.BlackBoxTests.HostileApps;

/// <summary>What an app does when it is asked, and what its check says of it; <c>Reason</c> is null where that is well.</summary>
public sealed record HostileRow(Func<HostilePod, Answer> Answer, int Code, string? Reason)
{
    /// <summary>The app is well all the same.</summary>
    public static HostileRow Well(Answer answer) => new(_ => answer, 200, null);

    /// <summary>The app fails so.</summary>
    public static HostileRow Fails(int code, string reason, Answer answer) => new(_ => answer, code, reason);

    /// <summary>What the check of that name answers.</summary>
    public (int Code, string Body) Expected(string check) =>
        (Code, Reason is null ? "ok" : $"[-]{check} failed: {Reason}\nlivez check failed\n");
}
