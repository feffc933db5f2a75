namespace ProbeAgent.EnduranceTests;

/// <summary>How often the app was asked, at each of its paths.</summary>
public sealed record AppQuestions(long Status, long Page);
