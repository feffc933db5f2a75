namespace ProbeAgent.EnduranceTests;

/// <summary>
/// What a flood did: connections opened, turned away at once, closed later by the agent, and answers to complete requests.
/// </summary>
public sealed record FloodDamage(long Opened, long Refused, long Closed, long Answers);
