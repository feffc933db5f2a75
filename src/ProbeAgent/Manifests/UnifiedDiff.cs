namespace ProbeAgent.Manifests;

/// <summary>A unified diff, as <c>diff -u</c> writes it.</summary>
internal static class UnifiedDiff
{
    /// <summary>The diff; empty where the texts are the same.</summary>
    public static string Of(string oldText, string newText, string name) => throw new NotImplementedException(oldText + newText + name);
}
