namespace ProbeAgent.Status;

/// <summary>What a line of the terminal means, where it has colours.</summary>
internal enum Ink
{
    Plain,
    Good,
    Attention,
    Bad,
}
