using System.Globalization;

namespace ProbeAgent.BlackBoxTests.Wire;

/// <summary>One answer of the agent as it came over the wire; <c>Elapsed</c> is from before the connect to its last byte.</summary>
public sealed record Answer(string Head, string Body, TimeSpan Elapsed)
{
    /// <summary>The number in the status line.</summary>
    public int Code => int.Parse(Head.Split(' ')[1], CultureInfo.InvariantCulture);

    /// <summary>The value of a header, or null where it is not there; several lines of one name are joined by a comma.</summary>
    public string? Header(string name)
    {
        var values = Head.Split("\r\n").Skip(1)
            .Select(line => line.Split(':', 2))
            .Where(parts => parts.Length == 2 && parts[0].Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(parts => parts[1].Trim())
            .ToArray();
        return values.Length == 0 ? null : string.Join(", ", values);
    }
}
