using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ProbeAgent.Telemetry;

/// <summary>One line of text for each event: <c>2026-11-22T19:24:00.123Z warn Check "app" is down (…)</c>.</summary>
internal sealed class TextLineFormatter(TimeProvider timeProvider) : ConsoleFormatter(FormatterName)
{
    /// <summary>The name under which the console logger finds it.</summary>
    public const string FormatterName = "text";

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        try
        {
            WriteLine(logEntry, textWriter);
        }
        catch (Exception exception)
        {
            // Whoever logs is about to answer a probe: a line that fails must not cost the answer.
            WriteOnOneLine(textWriter, $" error A line of the log failed: a bug of the agent; please report it | {exception.Message}");
            textWriter.Write('\n');
        }
    }

    private void WriteLine<TState>(in LogEntry<TState> logEntry, TextWriter textWriter)
    {
        var time = timeProvider.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        textWriter.Write($"{time} {Word(logEntry.LogLevel)} ");
        WriteOnOneLine(textWriter, logEntry.Formatter(logEntry.State, logEntry.Exception));
        if (logEntry.Exception is { } exception)
        {
            textWriter.Write(" | ");
            WriteOnOneLine(textWriter, exception.ToString());
        }

        textWriter.Write('\n');
    }

    private static void WriteOnOneLine(TextWriter writer, string text)
    {
        foreach (var c in text)
        {
            writer.Write(char.IsControl(c) ? ' ' : c);
        }
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Critical or LogLevel.Error => "error",
        LogLevel.Warning => "warn",
        LogLevel.Information => "info",
        _ => "debug",
    };
}
