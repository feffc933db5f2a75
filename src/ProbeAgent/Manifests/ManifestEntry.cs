namespace ProbeAgent.Manifests;

/// <summary>An entry of a mapping, or an item of a list; the root of a document is one too.</summary>
/// <param name="Key">The key; null for an item.</param>
/// <param name="Value">The value.</param>
/// <param name="Start">Where it begins: with <c>?</c>, the key's first character, <c>-</c>, or the value's own.</param>
/// <param name="HolderEnd">Where the <c>:</c> or <c>-</c> before the value ends; without one, where the value could begin.</param>
internal sealed record ManifestEntry(ManifestNode? Key, ManifestNode Value, int Start, int HolderEnd)
{
    /// <summary>Behind its last character.</summary>
    public int End => Value.End;

    /// <summary>True for <c>&lt;&lt;</c>, whose value's entries count as the mapping's own.</summary>
    public bool IsMerge => Key is { Style: NodeStyle.Plain, Text: "<<", Tag: null };
}
