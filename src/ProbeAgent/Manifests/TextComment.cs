namespace ProbeAgent.Manifests;

/// <summary>A comment.</summary>
/// <param name="Start">Where its <c>#</c> stands.</param>
/// <param name="Text">It, from there on, without spaces at its end.</param>
internal readonly record struct TextComment(int Start, string Text);
