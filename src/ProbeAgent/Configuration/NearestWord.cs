namespace ProbeAgent.Configuration;

/// <summary>Finds what a misspelt word was meant to be.</summary>
internal static class NearestWord
{
    // Nobody misspells a word of ours into something this long.
    private const int MaxLength = 64;

    /// <summary>
    /// The candidate in other capitals, else the one that begins with the word, else the one that takes the fewest edits; null where even that takes more
    /// than a third of the word.
    /// </summary>
    public static string? Of(string word, IReadOnlyCollection<string> candidates) =>
        word.Length is 0 or > MaxLength
            ? null
            : candidates.FirstOrDefault(candidate => candidate.Equals(word, StringComparison.OrdinalIgnoreCase))
                ?? candidates.FirstOrDefault(candidate => candidate.StartsWith(word, StringComparison.Ordinal))
                ?? ByEdits(word, candidates);

    private static string? ByEdits(string word, IReadOnlyCollection<string> candidates) => candidates
        .Select(candidate => (candidate, distance: Distance(word, candidate)))
        .Where(pair => pair.distance <= Math.Max(2, word.Length / 3))
        .OrderBy(pair => pair.distance)
        .Select(pair => pair.candidate)
        .FirstOrDefault();

    // Levenshtein's distance, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
