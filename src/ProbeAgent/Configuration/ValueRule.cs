using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace ProbeAgent.Configuration;

/// <summary>What single values must be, wherever they stand: in a variable, an option or a document.</summary>
internal static partial class ValueRule
{
    /// <summary>What is wanted of whole seconds, after «and».</summary>
    public static string SecondsWanted(string key, int min, int max) =>
        $"a whole number of seconds from {min} to {max} is wanted; write '{key}: {Math.Max(1, min)}'";

    /// <summary>The words of <see cref="Configuration.Detail"/>.</summary>
    public static IReadOnlyList<(string Word, Detail Value)> Details { get; } =
        [("reason", Configuration.Detail.Reason), ("full", Configuration.Detail.Full)];

    /// <summary>The words of log levels.</summary>
    public static IReadOnlyList<(string Word, LogLevel Value)> LogLevels { get; } =
        [("error", LogLevel.Error), ("warning", LogLevel.Warning), ("info", LogLevel.Information), ("debug", LogLevel.Debug)];

    /// <summary>The words of log formats.</summary>
    public static IReadOnlyList<(string Word, LogFormat Value)> LogFormats { get; } =
        [("text", LogFormat.Text), ("json", LogFormat.Json)];

    /// <summary>The words of the probes, as in a pod spec.</summary>
    public static IReadOnlyList<(string Word, ProbeKind Value)> Probes { get; } =
        [("liveness", ProbeKind.Liveness), ("readiness", ProbeKind.Readiness), ("startup", ProbeKind.Startup)];

    /// <summary>The words of the schemes, as in a pod spec.</summary>
    public static IReadOnlyList<(string Word, HttpScheme Value)> Schemes { get; } =
        [("HTTP", HttpScheme.Http), ("HTTPS", HttpScheme.Https)];

    /// <summary>The words of the hooks, as in a pod spec.</summary>
    public static IReadOnlyList<(string Word, HookKind Value)> Hooks { get; } =
        [("preStop", HookKind.PreStop), ("postStart", HookKind.PostStart)];

    /// <summary>The words of the meshes.</summary>
    public static IReadOnlyList<(string Word, MeshKind Value)> Meshes { get; } =
    [
        ("auto", MeshKind.Auto), ("istio", MeshKind.Istio), ("linkerd", MeshKind.Linkerd), ("kuma", MeshKind.Kuma),
        ("custom", MeshKind.Custom), ("none", MeshKind.None),
    ];

    /// <summary>One of a closed list.</summary>
    public static Judged<T> OneOf<T>(string text, IReadOnlyList<(string Word, T Value)> known)
    {
        foreach (var (word, value) in known)
        {
            if (word == text)
            {
                return Judged<T>.Right(value);
            }
        }

        var words = known.Select(pair => pair.Word).ToArray();
        var list = words.Length == 1 ? $"{words[0]}, the only word here" : $"one of {string.Join(", ", words)}";
        var meant = NearestWord.Of(text, words);
        return Judged<T>.No($"is not {list}" + (meant is null || words.Length == 1 ? "" : $"; did you mean '{meant}'?"));
    }

    /// <summary>The public port.</summary>
    public static Judged<ListenAddress> Listen(string text) => ListenAddress.Parse(text) is { } address
        ? NotReserved(address)
        : Judged<ListenAddress>.No("is not an address to listen on; write ':15081' or '10.0.0.7:15081'");

    /// <summary>The admin port; a right null is <c>off</c>.</summary>
    public static Judged<ListenAddress?> Admin(string text)
    {
        if (text == "off")
        {
            return Judged<ListenAddress?>.Right(null);
        }

        if (ListenAddress.Parse(text) is not { Address: { } host } address || !IPAddress.IsLoopback(host))
        {
            return Judged<ListenAddress?>.No("is not a loopback address and port; write '127.0.0.1:15082', or 'off'");
        }

        var judged = NotReserved(address);
        return new Judged<ListenAddress?>(judged.Value, judged.Wrong);
    }

    /// <summary>A name: in paths, metrics and logs.</summary>
    public static Judged<string> DnsLabel(string text) => DnsLabelPattern().IsMatch(text)
        ? Judged<string>.Right(text)
        : Judged<string>.No("is not a name; a name is a DNS label: at most 63 of a-z, 0-9 and '-', as in 'service-go'");

    /// <summary>A port of the app.</summary>
    public static Judged<int> Port(string text) => PortNumber.Parse(text) is { } port
        ? Judged<int>.Right(port)
        : Judged<int>.No("is not a port; a port is a number from 1 to 65535, as in 'port: 80'");

    /// <summary>Whole seconds in a range.</summary>
    public static Func<string, Judged<TimeSpan>> WholeSeconds(int min, int max) => text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds >= min && seconds <= max
            ? Judged<TimeSpan>.Right(TimeSpan.FromSeconds(seconds))
            : Judged<TimeSpan>.No($"is not a whole number of seconds from {min} to {max}");

    /// <summary>How long a success is shared.</summary>
    public static Judged<TimeSpan> MaxAge(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= 300
            ? Judged<TimeSpan>.Right(TimeSpan.FromSeconds((double)seconds))
            : Judged<TimeSpan>.No("is not a number of seconds from 0 to 300, such as 0.1");

    /// <summary>A hook's key: it stands in a URL as it is.</summary>
    public static Judged<string> Key(string text) => KeyPattern().IsMatch(text)
        ? Judged<string>.Right(text)
        : Judged<string>.No("is not a key; a key is 1 to 128 letters, digits and '-._~', as it stands in the path of the hook");

    /// <summary>A gRPC service; empty for the server as a whole.</summary>
    public static Judged<string> Service(string text) => ServicePattern().IsMatch(text)
        ? Judged<string>.Right(text)
        : Judged<string>.No("is not the name of a gRPC service; write it as the server registers it, such as 'shop.v1.Orders'");

    /// <summary>The name of a header that may be configured.</summary>
    public static Judged<string> HeaderName(string text) => text switch
    {
        _ when !TokenPattern().IsMatch(text) => Judged<string>.No("is not the name of a header; write letters, digits and '-', as in 'X-Probe'"),
        _ when text.ToUpperInvariant() is "CONNECTION" or "CONTENT-LENGTH" or "EXPECT" or "TRAILER" or "TRANSFER-ENCODING" or "UPGRADE" =>
            Judged<string>.No("belongs to the connection, not to the question; leave it out"),
        _ => Judged<string>.Right(text),
    };

    /// <summary>The value of a header: visible characters, spaces and tabs, no space around it (RFC 9110, 5.5).</summary>
    public static Judged<string> HeaderValue(string text) =>
        text.Length <= 4096 && text == text.Trim() && !text.Any(c => char.IsControl(c) && c != '\t')
            ? Judged<string>.Right(text)
            : Judged<string>.No("is not the value of a header: no line breaks or other control characters, no space around it, at most 4,096 characters");

    private static Judged<ListenAddress> NotReserved(ListenAddress address) => ReservedPorts.OwnerOf(address.Port) is { } mesh
        ? Judged<ListenAddress>.No($"is at a port that is reserved by {mesh} in its pods; take another, such as 15081")
        : Judged<ListenAddress>.Right(address);

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\z")]
    private static partial Regex DnsLabelPattern();

    [GeneratedRegex("^[A-Za-z0-9._~-]{1,128}\\z")]
    private static partial Regex KeyPattern();

    [GeneratedRegex("^[!-~]{0,256}\\z")]
    private static partial Regex ServicePattern();

    // RFC 9110, 5.6.2.
    [GeneratedRegex("^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}\\z")]
    private static partial Regex TokenPattern();
}
