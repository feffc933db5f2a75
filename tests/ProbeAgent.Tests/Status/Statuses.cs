using ProbeAgent.Status;

namespace ProbeAgent.Tests.Status;

/// <summary>Documents as an agent gives them.</summary>
internal static class Statuses
{
    public static readonly DateTimeOffset Then = new(2026, 11, 22, 3, 4, 5, TimeSpan.Zero);

    /// <summary>A check that is down, with all that can be known of it.</summary>
    public static CheckStatus Failing { get; } = new(
        "fail", "http://:80/status", 1, Then, 245.4, Then, Then.AddSeconds(-1), "connection_refused", null,
        "GET http://10.0.0.5:80/status: connection refused: nothing listens on port 80", 49, 0.1)
    {
        BudgetSeconds = 0.9,
        Phases = new PhasesStatus(0.0004, 0.012, 0.08, 0.0001),
        Transitions =
        [
            new TransitionStatus(Then, "up", "down", "connection_refused", "connection refused", 7_380),
            new TransitionStatus(Then.AddSeconds(-7_380), "unknown", "up", null, "answered 200", null),
        ],
        RecentAttempts = [new RecentAttempt(300, 0.01, "success"), new RecentAttempt(245, 0.1, "failure")],
    };

    /// <summary>A check that is up.</summary>
    public static CheckStatus Well { get; } = Failing with
    {
        Status = "pass",
        Reason = null,
        StatusCode = 200,
        FailuresInARow = 0,
        Output = "GET http://10.0.0.5:80/status answered 200 after 12 ms",
        Transitions = [new TransitionStatus(Then, "unknown", "up", null, "answered 200", null)],
    };

    public static CheckStatus Unasked { get; } = new("warn", "http://:80/status", 1, null, 0, null, null, null, null, "not asked yet", 0, null);

    /// <summary>A document with one check, <c>app</c>.</summary>
    public static StatusDocument Of(CheckStatus check, params IReadOnlyList<string> notes) => Of([("app", check)], notes);

    /// <summary>A document with the checks.</summary>
    public static StatusDocument Of(IReadOnlyList<(string Name, CheckStatus Check)> checks, params IReadOnlyList<string> notes) => new(
        checks.Any(entry => entry.Check.Status == "fail") ? "fail" : "pass",
        "1",
        "0.1.0",
        "what it is",
        notes,
        11_520,
        checks.ToDictionary(entry => entry.Name, entry => (IReadOnlyList<CheckStatus>)[entry.Check]))
    {
        Time = Then.AddSeconds(245),
        Mesh = new MeshStatus("istio", true, Then, "GET http://127.0.0.1:15021/healthz/ready answered 200 after 1.2 ms"),
    };
}
