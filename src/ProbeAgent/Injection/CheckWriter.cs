using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProbeAgent.Configuration;

namespace ProbeAgent.Injection;

/// <summary>Writes what a probe or hook asks as the agent's document says it.</summary>
internal sealed class CheckWriter(List<InjectionFinding> findings)
{
    /// <summary>Seconds, as in the document's table.</summary>
    public const int LongestTimeout = 300;

    private const int LongestName = 63;

    /// <summary>The name of a probe's check: cut, with a hash, where a DNS label would be longer.</summary>
    public static string NameOf(string container, string word)
    {
        var name = $"{container}-{word}";
        return name.Length <= LongestName
            ? name
            : $"{name[..(LongestName - 9)]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..8]}";
    }

    /// <summary>The check of a probe; null where it cannot be moved, with a finding that says why.</summary>
    public JsonObject? Write(PodProbe probe)
    {
        var (subject, way) = (probe.ToString(), probe.Ways[0]);
        if (probe.Action is not { } action || WriteAction(way, action, probe.Container, subject, probe.Place / way) is not { } asked)
        {
            return null;
        }

        if (probe.TimeoutSeconds < 1 || (probe.Node["timeoutSeconds"] is not null && probe.Node.Number("timeoutSeconds") is null))
        {
            Refuse(InjectionReason.Invalid, probe.Place / "timeoutSeconds", $"{subject} has a timeoutSeconds that Kubernetes refuses; it is a whole number from 1 on");
            return null;
        }

        if (probe.TimeoutSeconds > LongestTimeout)
        {
            findings.Add(new InjectionFinding(
                FindingSeverity.Warning,
                InjectionReason.Advice,
                (probe.Place / "timeoutSeconds").ToString(),
                $"{subject} has {probe.TimeoutSeconds} s of time; the agent answers after {LongestTimeout} s at the latest"));
        }

        return new JsonObject
        {
            ["name"] = NameOf(probe.Container.Name, probe.Kind.Word),
            ["container"] = probe.Container.Name,
            ["probes"] = new JsonArray(probe.Kind.Word),
            [way] = asked,
            ["timeoutSeconds"] = Math.Min(probe.TimeoutSeconds, LongestTimeout),
        };
    }

    /// <summary>The hook of the document; null where it cannot be moved, with a finding that says why.</summary>
    public JsonObject? WriteHook(PodContainer container, string hook, string key, JsonObject action, JsonPointer place) =>
        WriteAction("httpGet", action, container, $"the {hook} hook of container '{container.Name}'", place) is { } asked
            ? new JsonObject { ["container"] = container.Name, ["hook"] = hook, ["key"] = key, ["httpGet"] = asked }
            : null;

    private JsonObject? WriteAction(string way, JsonObject action, PodContainer container, string subject, JsonPointer place)
    {
        if (Port(action["port"], container, subject, place / "port") is not { } port)
        {
            return null;
        }

        var asked = new JsonObject { ["port"] = port };
        return way switch
        {
            "httpGet" => WriteHttpGet(asked, action, subject, place),
            "grpc" => WriteGrpc(asked, action, subject, place),
            _ => asked,
        };
    }

    private JsonObject? WriteHttpGet(JsonObject asked, JsonObject action, string subject, JsonPointer place)
    {
        var scheme = action.Text("scheme") ?? "HTTP";
        var path = action.Text("path") ?? "/";
        var isRight = Judge(ValueRule.OneOf(scheme, ValueRule.Schemes).Wrong, $"'{scheme}', the scheme of {subject},", place / "scheme")
            & Judge(HttpPath.Parse(path).Wrong, $"'{path}', the path of {subject},", place / "path");
        if (scheme != "HTTP")
        {
            asked["scheme"] = scheme;
        }

        asked["path"] = path.Length == 0 ? "/" : path;
        if (action["httpHeaders"] is { } given && (given is not JsonArray list || list.Any(item => item.Text("name") is null || item.Text("value") is null)))
        {
            Refuse(InjectionReason.Invalid, place / "httpHeaders", $"the httpHeaders of {subject} are none that Kubernetes would take: a list of name and value, both texts; put a number in quotes");
            return null;
        }

        var headers = (action["httpHeaders"] as JsonArray)?.OfType<JsonObject>().ToList() ?? [];
        foreach (var header in headers)
        {
            var (name, value) = (header.Text("name") ?? "", header.Text("value") ?? "");
            isRight &= Judge(ValueRule.HeaderName(name).Wrong, $"'{name}', a header of {subject},", place / "httpHeaders")
                & Judge(ValueRule.HeaderValue(value).Wrong, $"the value of the header '{name}' of {subject}", place / "httpHeaders");
        }

        if (headers.Count > 0)
        {
            asked["httpHeaders"] = new JsonArray([.. headers.Select(JsonNode? (header) =>
                new JsonObject { ["name"] = header.Text("name"), ["value"] = header.Text("value") ?? "" })]);
        }

        return isRight ? asked : null;
    }

    private JsonObject? WriteGrpc(JsonObject asked, JsonObject action, string subject, JsonPointer place)
    {
        var service = action.Text("service") ?? "";
        if (service.Length > 0)
        {
            asked["service"] = service;
        }

        return Judge(ValueRule.Service(service).Wrong, $"'{service}', the service of {subject},", place / "service") ? asked : null;
    }

    private int? Port(JsonNode? given, PodContainer container, string subject, JsonPointer place)
    {
        if (given is not JsonValue value || value.GetValueKind() is not (JsonValueKind.Number or JsonValueKind.String))
        {
            Refuse(InjectionReason.Invalid, place, $"{subject} names no port; write 'port: 80'");
            return null;
        }

        if (value.GetValueKind() == JsonValueKind.Number)
        {
            var text = value.ToJsonString();
            return Judge(ValueRule.Port(text).Wrong, $"'{text}', the port of {subject},", place) ? PortNumber.Parse(text) : null;
        }

        var name = value.GetValue<string>();
        if (container.Ports.FirstOrDefault(port => port.Name == name) is { Name: not null } declared)
        {
            return declared.Port;
        }

        var known = container.Ports.Select(port => port.Name).OfType<string>().ToList();
        Refuse(
            InjectionReason.UnknownPortName,
            place,
            $"{subject} asks port '{name}', but the container declares no port of that name ("
                + (known.Count == 0 ? "it names none" : $"it has {string.Join(", ", known)}")
                + (PortNumber.Parse(name) is { } number ? $"); a number is written without quotes: port: {number}" : "); name one of 'ports', or write the number"));
        return null;
    }

    private bool Judge(string? wrong, string subject, JsonPointer place)
    {
        if (wrong is not null)
        {
            Refuse(InjectionReason.Invalid, place, $"{subject} {wrong}");
        }

        return wrong is null;
    }

    private void Refuse(InjectionReason reason, JsonPointer place, string message) =>
        findings.Add(new InjectionFinding(FindingSeverity.Error, reason, place.ToString(), message));
}
