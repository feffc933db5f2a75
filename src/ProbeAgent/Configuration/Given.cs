namespace ProbeAgent.Configuration;

/// <summary>A value that a user gave.</summary>
/// <param name="Source">Where: the variable's or the option's name.</param>
/// <param name="Text">The value as written.</param>
internal sealed record Given(string Source, string Text);
