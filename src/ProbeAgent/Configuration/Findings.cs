namespace ProbeAgent.Configuration;

/// <summary>What comes to light while a configuration is read.</summary>
internal sealed class Findings
{
    /// <summary>What the user must mend.</summary>
    public List<ConfigurationMistake> Mistakes { get; } = [];

    /// <summary>What is worth a line and no refusal.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Where the values stand that were found, by their path in a document; what is missing is a default.</summary>
    public Dictionary<string, string> Origins { get; } = new(StringComparer.Ordinal);

    /// <summary>The value where its text is right; else null, and a mistake.</summary>
    public Found<T>? Judge<T>(string text, Judged<T> judged, Origin origin)
    {
        if (judged.Wrong is null)
        {
            return new Found<T>(judged.Value!, origin);
        }

        Mistakes.Add(origin.Wrong(text, judged.Wrong));
        return null;
    }
}
