using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace ProbeAgent.Hosting;

/// <summary>The options of the console logger, which would follow them: they never change.</summary>
internal sealed class ConsoleOptions(ConsoleLoggerOptions options) : IOptionsMonitor<ConsoleLoggerOptions>
{
    /// <inheritdoc/>
    public ConsoleLoggerOptions CurrentValue => options;

    /// <inheritdoc/>
    public ConsoleLoggerOptions Get(string? name) => options;

    /// <inheritdoc/>
    public IDisposable? OnChange(Action<ConsoleLoggerOptions, string?> listener) => null;
}
