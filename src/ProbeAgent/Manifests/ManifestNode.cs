using System.Text.Json.Nodes;
using ProbeAgent.Yaml;

namespace ProbeAgent.Manifests;

/// <summary>A part of a document, which knows where in the text it stands. Offsets count characters.</summary>
internal sealed record ManifestNode
{
    /// <summary>How it is written.</summary>
    public required NodeStyle Style { get; init; }

    /// <summary>Where it begins, for a person.</summary>
    public required TextPosition At { get; init; }

    /// <summary>Where it begins, with its anchor and tag.</summary>
    public required int Start { get; init; }

    /// <summary>Where it begins, behind its anchor and tag.</summary>
    public required int ContentStart { get; init; }

    /// <summary>Behind its last character, which for a block is that of its last entry. The line may go on with a comment.</summary>
    public required int End { get; init; }

    /// <summary>Its name for aliases; null without one.</summary>
    public string? Anchor { get; init; }

    /// <summary>Its tag; null without one.</summary>
    public string? Tag { get; init; }

    /// <summary>What a scalar says, or the name that an alias names; else empty.</summary>
    public string Text { get; init; } = "";

    /// <summary>The entries of a mapping, the items of a list.</summary>
    public IReadOnlyList<ManifestEntry> Entries { get; init; } = [];

    /// <summary>What an alias stands for; null for all others.</summary>
    public ManifestNode? Target { get; init; }

    /// <summary>Its value, with aliases and merge keys resolved.</summary>
    public JsonNode? Value { get; init; }

    /// <summary>How many nodes it is, with what its aliases stand for.</summary>
    public required int Size { get; init; }

    /// <summary>How deep it is, with what its aliases stand for; a scalar is 1.</summary>
    public required int Height { get; init; }

    /// <summary>True where it stands in brackets or braces.</summary>
    public bool IsFlow => Style is NodeStyle.FlowMap or NodeStyle.FlowList or NodeStyle.FlowPair;

    /// <summary>True for a mapping whose entries can be changed one by one.</summary>
    public bool IsMap => Style is NodeStyle.BlockMap or NodeStyle.FlowMap;

    /// <summary>True for a list.</summary>
    public bool IsList => Style is NodeStyle.BlockList or NodeStyle.FlowList;
}
