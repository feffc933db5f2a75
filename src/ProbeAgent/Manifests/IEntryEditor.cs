using System.Text.Json.Nodes;

namespace ProbeAgent.Manifests;

/// <summary>Changes the entries of a mapping or a list in the text: in blocks, or in brackets and braces. No comment is lost.</summary>
internal interface IEntryEditor
{
    /// <summary>Gives an entry another value. Its key stays, and the value's anchor.</summary>
    /// <param name="parent">What it is an entry of; null for the root.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="value">The value.</param>
    void SetValue(ManifestNode? parent, ManifestEntry entry, JsonNode? value);

    /// <summary>Puts others, at least one, in the place of an entry.</summary>
    void Exchange(ManifestNode parent, ManifestEntry entry, IReadOnlyList<NewEntry> others);

    /// <summary>Takes out the entries from the first to the last of two numbers; the one before or after them stays.</summary>
    void Remove(ManifestNode parent, int first, int last);

    /// <summary>Puts entries before the one of a number, or behind the last.</summary>
    void Insert(ManifestNode parent, int number, IReadOnlyList<NewEntry> entries);
}
