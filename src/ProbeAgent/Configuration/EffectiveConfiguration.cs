using System.Globalization;
using System.Text;

namespace ProbeAgent.Configuration;

/// <summary>The configuration that counts, written in the words of the document, for a person to compare.</summary>
internal static class EffectiveConfiguration
{
    /// <summary>The text, as YAML.</summary>
    public static string Write(AgentConfiguration configuration)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            listen: '{configuration.Listen}'
            admin: '{configuration.Admin?.ToString() ?? "off"}'
            detail: {configuration.Detail.ToString().ToLowerInvariant()}
            drain: {'{'} maxSeconds: {configuration.DrainMax.TotalSeconds} {'}'}
            log: {'{'} level: {LevelWord(configuration.LogLevel)}, format: {configuration.LogFormat.ToString().ToLowerInvariant()} {'}'}
            checks:

            """);
        foreach (var check in configuration.Checks)
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                - name: {check.Name}
                  container: {check.Container}
                  probes: [{string.Join(", ", check.Probes.Select(probe => probe.ToString().ToLowerInvariant()))}]
                  {Action(check.Action)}
                  timeoutSeconds: {check.Timeout.TotalSeconds}
                  maxAgeSeconds: {check.MaxAge.TotalSeconds}

                """);
        }

        return text.ToString();
    }

    private static string Action(CheckAction action) => action switch
    {
        HttpGetAction http => string.Create(CultureInfo.InvariantCulture,
            $"httpGet: {'{'} scheme: HTTP, host: '{Host(http)}', port: {http.Port}, path: '{(http.Path + http.Query).Replace("'", "''", StringComparison.Ordinal)}' {'}'}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"tcpSocket: {'{'} host: '{Host(action)}', port: {action.Port} {'}'}"),
    };

    private static string Host(CheckAction action) => action.Host.Name ?? "auto";

    private static string LevelWord(LogLevel level) => level == LogLevel.Information ? "info" : level.ToString().ToLowerInvariant();
}
