namespace ProbeAgent.Probing;

/// <summary>What an app wrote, fit for a line of a log.</summary>
internal static class Printable
{
    private const int MaxLength = 200;

    /// <summary>The first 200 characters, each control character a space.</summary>
    public static string Of(string text)
    {
        var shortened = text.Length <= MaxLength ? text : text[..MaxLength] + "…";
        return string.Create(shortened.Length, shortened, static (line, from) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = char.IsControl(from[i]) ? ' ' : from[i];
            }
        }).TrimEnd();
    }
}
