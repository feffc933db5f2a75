namespace ProbeAgent.Status;

/// <summary>An attempt as the page's plot shows it.</summary>
/// <param name="AgeSeconds">How long ago it ended.</param>
/// <param name="DurationSeconds">How long it took.</param>
/// <param name="Result"><c>success</c>, <c>warning</c> or <c>failure</c>.</param>
internal sealed record RecentAttempt(double AgeSeconds, double DurationSeconds, string Result);
