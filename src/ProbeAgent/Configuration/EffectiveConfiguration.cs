using System.Globalization;
using System.Text;

namespace ProbeAgent.Configuration;

/// <summary>The configuration that counts, in the words of the Kubernetes probe, for a person to compare.</summary>
internal static class EffectiveConfiguration
{
    /// <summary>The text, as YAML.</summary>
    public static string Write(AgentConfiguration configuration)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            listen: '{configuration.Listen}'
            admin: '{configuration.Admin?.ToString() ?? "off"}'
            detail: {Word(configuration.Detail)}
            drain:
              maxSeconds: {configuration.DrainMax.TotalSeconds}
            log:
              level: {(configuration.LogLevel == LogLevel.Information ? "info" : Word(configuration.LogLevel))}
              format: {Word(configuration.LogFormat)}
            checks:

            """);
        foreach (var check in configuration.Checks)
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                - name: {check.Name}
                  container: {check.Container}
                  probes: [{string.Join(", ", check.Probes.Select(probe => Word(probe)))}]
                {Action(check.Action)}
                  timeoutSeconds: {check.Timeout.TotalSeconds}
                  maxAgeSeconds: {check.MaxAge.TotalSeconds}

                """);
        }

        return text.ToString();
    }

    private static string Action(CheckAction action) => action switch
    {
        HttpGetAction http => string.Create(CultureInfo.InvariantCulture, $"""
              httpGet:
                scheme: HTTP
                host: '{Host(http)}'
                port: {http.Port}
                path: '{(http.Path + http.Query).Replace("'", "''", StringComparison.Ordinal)}'
            """),
        _ => string.Create(CultureInfo.InvariantCulture, $"""
              tcpSocket:
                host: '{Host(action)}'
                port: {action.Port}
            """),
    };

    private static string Host(CheckAction action) => action.Host.Name ?? "auto";

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
