namespace ProbeAgent.Lab;

/// <summary>A line of a page outside of its fenced blocks.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">What it says.</param>
public sealed record PageLine(int Number, string Text);
