namespace ProbeAgent.Configuration;

/// <summary>Lists come whole from the highest source that names any.</summary>
internal static class Lists
{
    /// <summary>The one entry of a setting where it was given, else the list of the document; a second source is a warning.</summary>
    public static IReadOnlyList<Found<T>> Choose<T>(
        string key, Found<T>? setting, Found<IReadOnlyList<Found<T>>>? document, Findings findings)
    {
        if (setting is null)
        {
            return document?.Value ?? [];
        }

        if (document is not null)
        {
            findings.Warnings.Add(
                $"{setting.Origin.Source} and {document.Origin.Source} both name {key}; {setting.Origin.Source} counts, and those of the document are not used");
            foreach (var path in findings.Origins.Keys.Where(path => path == key || path.StartsWith($"{key}[", StringComparison.Ordinal)).ToList())
            {
                findings.Origins.Remove(path);
            }
        }

        findings.Origins[key] = setting.Origin.Source;
        return [setting];
    }
}
