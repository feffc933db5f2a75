using System.Globalization;

namespace ProbeAgent.Configuration;

/// <summary>TCP ports as users write them.</summary>
internal static class PortNumber
{
    /// <summary>A number from 1 to 65535, without a leading zero; null for anything else.</summary>
    public static int? Parse(string text) =>
        !text.StartsWith('0') && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535
            ? port
            : null;
}
