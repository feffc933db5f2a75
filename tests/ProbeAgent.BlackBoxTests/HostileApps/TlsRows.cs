using System.Globalization;
using ProbeAgent.Lab.Hostile;
using static ProbeAgent.BlackBoxTests.HostileApps.HostileRow;

namespace ProbeAgent.BlackBoxTests.HostileApps;

/// <summary>What an app can do where TLS is to begin.</summary>
internal static class TlsRows
{
    // RFC 8446, section 6.
    private static readonly byte[] Descriptions =
        [0, 10, 20, 22, 40, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 70, 71, 80, 86, 90, 109, 110, 112, 113, 115, 116, 120, 255];

    public static Dictionary<string, HostileRow> All { get; } = new(Alerts().Concat(Records()));

    private static Answer Hello => Answer.Unasked.ThenReadClientHello();

    private static IEnumerable<KeyValuePair<string, HostileRow>> Alerts() => Descriptions.Select(description => KeyValuePair.Create(
        $"sends alert {description.ToString(CultureInfo.InvariantCulture)}",
        Fails(502, "tls_error", Hello.Then(Alert(level: 2, description)))));

    private static Dictionary<string, HostileRow> Records() => new()
    {
        ["sends an alert before it is greeted"] = Fails(502, "tls_error", Answer.Unasked.Then(Alert(2, 40))),
        ["warns for ever"] = Fails(502, "tls_error", Hello.ThenEndlessly(Text(Alert(1, 90)))),
        ["sends empty records for ever"] = Fails(502, "tls_error", Hello.ThenEndlessly(Text([22, 3, 3, 0, 0]))),
        ["changes its cipher for ever"] = Fails(502, "tls_error", Hello.ThenEndlessly(Text([20, 3, 3, 0, 1, 1]))),
        ["sends a record longer than any may be"] = Fails(502, "tls_error", Hello.Then(new byte[] { 22, 3, 3, 255, 255 }).Then(new byte[65_535])),
        ["sends a message of 16 MB"] = Fails(502, "tls_error", Hello.Then(new byte[] { 22, 3, 3, 64, 0, 2, 255, 255, 255 }).Then(new byte[16_380])),
        ["sends a record of garbage"] = Fails(502, "tls_error", Hello.Then(new byte[] { 22, 3, 3, 0, 4, 255, 255, 255, 255 })),
        ["sends garbage"] = Fails(502, "tls_error", Hello.Then(new string('\u00ff', 4096))),
        ["sends garbage for ever"] = Fails(502, "tls_error", Hello.ThenEndlessly(new string('\u00ff', 4096))),
        ["greets like SSH"] = Fails(502, "tls_error", Answer.Unasked.Then("SSH-2.0-OpenSSH_9.2\r\n")),
        ["speaks plain HTTP"] = Fails(502, "tls_error", Answer.Whole("HTTP/1.1 200 OK")),
        ["ends in a record"] = Fails(502, "connection_reset", Hello.Then(new byte[] { 22, 3, 3, 0, 100, 2 })),
        ["resets in a record"] = Fails(502, "connection_reset", Hello.Then(new byte[] { 22, 3, 3, 0, 100, 2 }).ThenReset()),
        ["stops in a record"] = Fails(504, "response_timeout", Hello.Then(new byte[] { 22, 3, 3, 0, 100, 2 }).ThenStall()),
        ["drips a record"] = Fails(504, "response_timeout", Hello.Then(new byte[] { 22, 3, 3, 0, 100 }).ThenDrip(new string('\0', 90), TimeSpan.FromMilliseconds(50))),
    };

    private static byte[] Alert(byte level, byte description) => [21, 3, 3, 0, 2, level, description];

    private static string Text(byte[] record) => string.Concat(Enumerable.Repeat(System.Text.Encoding.Latin1.GetString(record), 1000));
}
