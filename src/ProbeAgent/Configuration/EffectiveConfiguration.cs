using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ProbeAgent.Configuration;

/// <summary>
/// The configuration that counts, as a document of its own: every key, and where its value comes from. Header values and keys
/// are masked.
/// </summary>
internal sealed partial class EffectiveConfiguration
{
    // Valid as a header's value and as a key, so that the text stays a document.
    private const string Mask = "masked";

    private readonly StringBuilder text = new();
    private readonly IReadOnlyDictionary<string, string> origins;

    private EffectiveConfiguration(IReadOnlyDictionary<string, string> origins) => this.origins = origins;

    /// <summary>The text, as YAML.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="origins">Where each value stands, by its path; what is missing is a default.</param>
    public static string Write(AgentConfiguration configuration, IReadOnlyDictionary<string, string> origins)
    {
        var writer = new EffectiveConfiguration(origins);
        writer.WriteScalars(configuration);
        writer.WriteMesh(configuration.Mesh);
        writer.WriteList("checks", configuration.Checks, writer.WriteCheck);
        writer.WriteList("relays", configuration.Relays, writer.WriteRelay);
        writer.WriteList("hooks", configuration.Hooks, writer.WriteHook);
        return writer.text.ToString();
    }

    private void WriteScalars(AgentConfiguration configuration)
    {
        Line(0, "", "listen", Text(configuration.Listen.ToString()));
        Line(0, "", "admin", Text(configuration.Admin?.ToString() ?? "off"));
        Line(0, "", "detail", WordOf(ValueRule.Details, configuration.Detail));
        text.Append("drain:\n");
        Line(2, "drain", "maxSeconds", Number(configuration.DrainMax));
        text.Append("log:\n");
        Line(2, "log", "level", WordOf(ValueRule.LogLevels, configuration.LogLevel));
        Line(2, "log", "format", WordOf(ValueRule.LogFormats, configuration.LogFormat));
    }

    private void WriteMesh(MeshConfiguration mesh)
    {
        text.Append("mesh:\n");
        Line(2, "mesh", "kind", WordOf(ValueRule.Meshes, mesh.Kind));
        if (mesh.ReadyUrl is { } readyUrl)
        {
            Line(2, "mesh", "readyUrl", Text(readyUrl.ToString()));
        }

        Line(2, "mesh", "gate", WordsOf(mesh.Gate));
        Line(2, "mesh", "gateDeadlineSeconds", Number(mesh.GateDeadline));
    }

    private void WriteList<T>(string key, IReadOnlyList<T> items, Action<string, T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"{key}:{Comment(key)}\n");
        for (var i = 0; i < items.Count; i++)
        {
            write($"{key}[{i}]", items[i]);
        }
    }

    private void WriteCheck(string path, CheckConfiguration check)
    {
        Line(0, path, "name", Text(check.Name), "- ");
        Line(2, path, "container", Text(check.Container));
        Line(2, path, "probes", WordsOf(check.Probes));
        WriteAction(path, check.Action);
        Line(2, path, "timeoutSeconds", Number(check.Timeout));
        Line(2, path, "maxAgeSeconds", Number(check.MaxAge));
        if (check.Action is HttpGetAction)
        {
            Line(2, path, "relayBody", check.RelaysBody ? "true" : "false");
        }
    }

    private void WriteRelay(string path, RelayConfiguration relay)
    {
        Line(0, path, "name", Text(relay.Name), "- ");
        Line(2, path, "target", Text(relay.Target.ToString()));
    }

    private void WriteHook(string path, HookConfiguration hook)
    {
        Line(0, path, "container", Text(hook.Container), "- ");
        Line(2, path, "hook", WordOf(ValueRule.Hooks, hook.Hook));
        Line(2, path, "key", Mask);
        WriteAction(path, hook.Action);
    }

    private void WriteAction(string owner, CheckAction action)
    {
        var kind = action switch
        {
            HttpGetAction => "httpGet",
            GrpcAction => "grpc",
            _ => "tcpSocket",
        };
        var path = $"{owner}.{kind}";
        text.Append(CultureInfo.InvariantCulture, $"  {kind}:\n");
        Line(4, path, "host", Text(action.Host.Name ?? "auto"));
        Line(4, path, "port", action.Port.ToString(CultureInfo.InvariantCulture));
        switch (action)
        {
            case HttpGetAction http:
                WriteHttpGet(path, http);
                break;
            case GrpcAction grpc:
                Line(4, path, "service", Text(grpc.Service));
                Line(4, path, "tls", grpc.IsTls ? "true" : "false");
                WriteCaFile(path, grpc.CaFile);
                break;
        }
    }

    private void WriteHttpGet(string path, HttpGetAction http)
    {
        Line(4, path, "scheme", WordOf(ValueRule.Schemes, http.Scheme));
        Line(4, path, "path", Text(http.Path + http.Query));
        if (http.Headers.Count > 0)
        {
            text.Append("    httpHeaders:\n");
        }

        for (var i = 0; i < http.Headers.Count; i++)
        {
            Line(4, $"{path}.httpHeaders[{i}]", "name", Text(http.Headers[i].Name), "- ");
            Line(6, $"{path}.httpHeaders[{i}]", "value", Mask);
        }

        WriteCaFile(path, http.CaFile);
    }

    private void WriteCaFile(string path, CaFile? caFile)
    {
        if (caFile is not null)
        {
            Line(4, path, "caFile", Text(caFile.Path));
        }
    }

    private void Line(int indent, string owner, string key, string value, string item = "") =>
        text.Append(' ', indent).Append(item).Append(key).Append(": ").Append(value)
            .Append(Comment(owner.Length == 0 ? key : $"{owner}.{key}")).Append('\n');

    private string Comment(string path) => $"  # {origins.GetValueOrDefault(path, "default")}";

    private static string Number(TimeSpan duration) => duration.TotalSeconds.ToString("0.#######", CultureInfo.InvariantCulture);

    private static string WordsOf(IReadOnlyList<ProbeKind> probes) =>
        $"[{string.Join(", ", probes.Select(probe => WordOf(ValueRule.Probes, probe)))}]";

    private static string WordOf<T>(IReadOnlyList<(string Word, T Value)> words, T value) =>
        words.First(word => EqualityComparer<T>.Default.Equals(word.Value, value)).Word;

    private static string Text(string value) =>
        SafeUnquoted().IsMatch(value) ? value : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    // Begins like no number, and is no word that means something else.
    [GeneratedRegex(@"\A(?!(null|true|false|yes|no|on|off|y|n)\z)[a-zA-Z/][a-zA-Z0-9/._-]*\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex SafeUnquoted();
}
