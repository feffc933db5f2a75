using ProbeAgent.Lab.Hostile;
using static ProbeAgent.BlackBoxTests.HostileApps.HostileRow;

namespace ProbeAgent.BlackBoxTests.HostileApps;

/// <summary>
/// Where an app can send the one who asks it. Whoever asked is 127.0.0.1; the other host is 127.0.0.9, which listens at the app's own
/// ports: what is not followed counts as a success.
/// </summary>
internal static class RedirectRows
{
    public static Dictionary<string, HostileRow> All { get; } = new()
    {
        ["itself"] = Fails(502, "too_many_redirects", To("/")),
        ["itself, by its whole name"] = new(pod => To($"http://127.0.0.1:{pod.Plain.Port}/"), 502, "too_many_redirects"),
        ["the app over TLS"] = new(pod => To($"https://127.0.0.1:{pod.Secured.Port}/"), 200, null),
        ["a port that nobody listens at"] = Fails(502, "connection_refused", To("http://127.0.0.1:1/")),
        ["the agent's public port"] = new(pod => To($"http://127.0.0.1:{pod.Agent.PublicPort}/livez"), 502, "too_many_redirects"),
        ["the agent's public port over TLS"] = new(pod => To($"https://127.0.0.1:{pod.Agent.PublicPort}/livez"), 502, "too_many_redirects"),
        ["the agent's admin port"] = new(pod => To($"http://127.0.0.1:{pod.Agent.AdminPort}/config"), 502, "too_many_redirects"),
        ["a port with a zero before it"] = new(pod => To($"http://127.0.0.1:0{pod.Agent.AdminPort}/config"), 502, "too_many_redirects"),

        ["another host"] = Elsewhere("http://127.0.0.9:{0}/"),
        ["another host at its usual port"] = Elsewhere("http://127.0.0.9/"),
        ["another host over TLS"] = Elsewhere("https://127.0.0.9:{0}/"),
        ["another host without a scheme"] = Elsewhere("//127.0.0.9:{0}/"),
        ["another host behind a user"] = Elsewhere("http://127.0.0.1@127.0.0.9:{0}/"),
        ["another host behind a user and a word"] = Elsewhere("http://127.0.0.1:{0}@127.0.0.9:{0}/"),
        ["another host as one number"] = Elsewhere("http://2130706441:{0}/"),
        ["another host in hexadecimal"] = Elsewhere("http://0x7f000009:{0}/"),
        ["another host in few parts"] = Elsewhere("http://127.9:{0}/"),
        ["another host in octal"] = Elsewhere("http://0177.0.0.011:{0}/"),
        ["another host inside IPv6"] = Elsewhere("http://[::ffff:127.0.0.9]:{0}/"),
        ["another host with a dot"] = Elsewhere("http://127.0.0.9.:{0}/"),
        ["itself by another name"] = Elsewhere("http://localhost:{0}/"),
        ["itself with a dot"] = Elsewhere("http://127.0.0.1.:{0}/"),
        ["a scheme in capitals"] = Elsewhere("HTTP://127.0.0.9:{0}/"),
        ["no host"] = Elsewhere("http:///"),
        ["a scheme without a host"] = Elsewhere("javascript:alert(1)"),
        ["a file"] = Elsewhere("file:///etc/passwd"),
        ["gopher"] = Elsewhere("gopher://127.0.0.9:{0}/"),
        ["FTP at the app"] = new(pod => To($"ftp://127.0.0.1:{pod.Plain.Port}/"), 502, "protocol_error"),
        ["another host behind a backslash"] = Fails(502, "protocol_error", To("http://127.0.0.9\\@127.0.0.1/")),
        ["half an address"] = Fails(502, "protocol_error", To("http://[::1/")),
        ["a port that is no number"] = Fails(502, "protocol_error", To("http://127.0.0.1:port/")),
        ["a port that is none"] = Fails(502, "protocol_error", To("http://127.0.0.1:99999/")),
        ["an encoded line"] = Fails(502, "too_many_redirects", To("/%0d%0aHost:%20127.0.0.9")),
        ["a Location for ever"] = Fails(502, "protocol_error", Answer.Of("HTTP/1.1 302 Found\r\nLocation: /").ThenEndlessly(new string('x', 4096))),
        ["a Location of 1 MB"] = Fails(502, "protocol_error", To("/" + new string('x', 1 << 20))),
        ["a Location of 60 KB"] = Fails(502, "too_many_redirects", To("/" + new string('x', 60_000))),
        ["a body for ever"] = Fails(
            502, "too_many_redirects", Answer.Of("HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n").ThenEndlessly(new string('x', 4096))),
    };

    private static HostileRow Elsewhere(string location) => new(pod => To(string.Format(null, location, pod.Plain.Port)), 200, null);

    private static Answer To(string location) => Answer.Whole("HTTP/1.1 302 Found", "", $"Location: {location}");
}
