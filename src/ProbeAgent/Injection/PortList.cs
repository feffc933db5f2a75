using System.Globalization;

namespace ProbeAgent.Injection;

/// <summary>A list of ports in an annotation: <c>80, 9000-9010</c>, or <c>*</c> for all.</summary>
internal sealed class PortList(string? text)
{
    private readonly string[] parts = (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>True where the annotation is there.</summary>
    public bool IsThere => text is not null;

    /// <summary>True where it is all ports.</summary>
    public bool IsAll => parts.Contains("*");

    /// <summary>True where the port is in it.</summary>
    public bool Contains(int port) => IsAll || Array.Exists(parts, part => IsIn(part, port));

    /// <summary>The list with the port at its end, the rest as it was written.</summary>
    public string With(int port) => string.Create(CultureInfo.InvariantCulture, $"{(text ?? "").Trim().TrimEnd(',')},{port}").TrimStart(',');

    private static bool IsIn(string part, int port)
    {
        var ends = part.Split('-', 2, StringSplitOptions.TrimEntries);
        return int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && first <= port && port <= last;
    }
}
