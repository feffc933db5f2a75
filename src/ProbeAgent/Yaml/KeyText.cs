namespace ProbeAgent.Yaml;

/// <summary>How a key is shown in a sentence.</summary>
internal static class KeyText
{
    private const int MaxShown = 40;

    /// <summary>Its beginning, up to a colon: where the space after that was forgotten, a secret may follow.</summary>
    public static string Of(string key)
    {
        var word = new string([.. key.Split(':')[0].Select(c => char.IsControl(c) ? '\uFFFD' : c)]);
        return word.Length <= MaxShown ? word : word[..MaxShown] + "…";
    }
}
