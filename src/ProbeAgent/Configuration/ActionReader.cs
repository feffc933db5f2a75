namespace ProbeAgent.Configuration;

/// <summary>Reads what a check, hook or relay asks.</summary>
internal sealed class ActionReader(Surroundings surroundings, Findings findings)
{
    private static readonly string[] Kinds = ["httpGet", "tcpSocket", "grpc"];

    /// <summary>Why TLS cannot be asked for, to follow the value that asks for it.</summary>
    public const string NoTls = "needs OpenSSL (libssl), which is not in this image; take the image as it is published, or one with libssl 3";

    /// <summary>The one kind of a check: <c>httpGet</c>, <c>tcpSocket</c> or <c>grpc</c>; with the place of its port.</summary>
    public Found<CheckAction>? ReadKind(DocumentSection check)
    {
        string[] kinds = [.. Kinds.Where(check.Has)];
        if (kinds.Length == 0)
        {
            findings.Mistakes.Add(check.Here.Mistake("asks nothing; write one of httpGet, tcpSocket, grpc, as in 'httpGet: {port: 80, path: /status}'"));
        }
        else if (kinds.Length > 1)
        {
            findings.Mistakes.Add(check.OriginOf(kinds[1]).Mistake($"is a second kind beside {kinds[0]}; a check has one, so make two checks of it"));
        }

        // All of them, so that all mistakes are seen at once.
        Found<CheckAction>?[] actions =
        [
            ReadHttpGet(check) is { } http ? new Found<CheckAction>(http.Value, http.Origin) : null, ReadTcpSocket(check), ReadGrpc(check),
        ];
        return actions.FirstOrDefault(action => action is not null);
    }

    /// <summary>An HTTP GET with the place of its port; null where there is none, or a wrong one.</summary>
    public Found<HttpGetAction>? ReadHttpGet(DocumentSection owner)
    {
        if (owner.Section("httpGet", "port: 80") is not { } section)
        {
            return null;
        }

        var scheme = section.Word("scheme", ValueRule.Schemes);
        var host = ReadHost(section);
        var port = ReadPort(section);
        var path = section.Text("path", HttpPath.Parse);
        var headers = ReadHeaders(section);
        var isHttps = scheme?.Value == HttpScheme.Https;
        var caFile = ReadCaFile(section, isHttps, "scheme: HTTPS");
        RefuseWithoutTls(scheme?.Origin, isHttps);
        section.Close();
        if (port is null)
        {
            return null;
        }

        var action = new HttpGetAction(host, port.Value, path?.Value.Path ?? "/", path?.Value.Query ?? "")
        {
            Scheme = scheme?.Value ?? HttpScheme.Http,
            Headers = headers,
            CaFile = caFile,
        };
        return new Found<HttpGetAction>(action, port.Origin);
    }

    private Found<CheckAction>? ReadTcpSocket(DocumentSection owner)
    {
        if (owner.Section("tcpSocket", "port: 80") is not { } section)
        {
            return null;
        }

        var host = ReadHost(section);
        var port = ReadPort(section);
        section.Close();
        return port is null ? null : new Found<CheckAction>(new TcpSocketAction(host, port.Value), port.Origin);
    }

    private Found<CheckAction>? ReadGrpc(DocumentSection owner)
    {
        if (owner.Section("grpc", "port: 80") is not { } section)
        {
            return null;
        }

        var host = ReadHost(section);
        var port = ReadPort(section);
        var service = section.Text("service", ValueRule.Service);
        var tls = section.Bool("tls");
        var caFile = ReadCaFile(section, tls?.Value == true, "tls: true");
        RefuseWithoutTls(tls?.Origin, tls?.Value == true);
        section.Close();
        if (port is null)
        {
            return null;
        }

        var action = new GrpcAction(host, port.Value)
        {
            Service = service?.Value ?? "",
            IsTls = tls?.Value ?? false,
            CaFile = caFile,
        };
        return new Found<CheckAction>(action, port.Origin);
    }

    private PodHost ReadHost(DocumentSection section) =>
        section.Text("host", text => PodHost.Judge(text, surroundings))?.Value ?? PodHost.Auto;

    private static Found<int>? ReadPort(DocumentSection section)
    {
        section.Require("port", "port: 80");
        return section.Number(
            "port", ValueRule.Port, "a port is a number from 1 to 65535; only the pod spec knows ports by name, so write 'port: 80'");
    }

    private static List<HttpHeader> ReadHeaders(DocumentSection section)
    {
        var headers = new List<HttpHeader>();
        foreach (var item in section.PrivateSections("httpHeaders", "name: X-Probe") ?? [])
        {
            item.Require("name", "name: X-Probe");
            item.Require("value", "value: \"1\"");
            var name = item.Text("name", ValueRule.HeaderName);
            var value = item.Text("value", ValueRule.HeaderValue);
            item.Close();
            if (name is not null && value is not null)
            {
                headers.Add(new HttpHeader(name.Value, value.Value));
            }
        }

        return headers;
    }

    private CaFile? ReadCaFile(DocumentSection section, bool isTls, string condition)
    {
        var caFile = section.Text("caFile", path => CaFileRule.Read(path, surroundings));
        if (section.Has("caFile") && !isTls)
        {
            findings.Mistakes.Add(section.OriginOf("caFile").Mistake($"is only looked at with '{condition}'; add that, or leave caFile out"));
        }

        return caFile?.Value;
    }

    private void RefuseWithoutTls(Origin? origin, bool isTls)
    {
        if (isTls && origin is not null && surroundings.IsThePod && !surroundings.HasTls())
        {
            findings.Mistakes.Add(origin.Mistake(NoTls));
        }
    }
}
