using Microsoft.Extensions.Logging.Console;
using ProbeAgent.Configuration;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Hosting;

/// <summary>Where log lines go and how they look: standard output, which never holds the agent up.</summary>
internal static class LoggingSetup
{
    /// <summary>The configured logging.</summary>
    public static ILoggerFactory Create(LogLevel level, LogFormat format, TimeProvider timeProvider)
    {
        var formatter = format == LogFormat.Json ? Json() : new TextLineFormatter(timeProvider);
        var console = new ConsoleLoggerOptions
        {
            FormatterName = formatter.Name,

            // A full or stopped standard output loses lines; it must not stop answers.
            QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite,
        };
        return new LoggerFactory([new ConsoleLoggerProvider(new ConsoleOptions(console), [formatter])], Filter(level));
    }

    private static LoggerFilterOptions Filter(LogLevel level)
    {
        var filter = new LoggerFilterOptions { MinLevel = level };

        // They quote request lines, and in that of a hook stands its key.
        Quiet("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.None);

        // It logs every request, and every failure with its stack trace; ours is one sentence.
        Quiet("Yarp", LogLevel.None);
        if (level > LogLevel.Debug)
        {
            // What a caller did wrong is counted, not logged; a caller is a stranger.
            Quiet("Microsoft", LogLevel.Error);
        }

        return filter;

        void Quiet(string category, LogLevel from) => filter.Rules.Add(new LoggerFilterRule(null, category, from, null));
    }

    // The library's own, which only its services can make; whoever wants text does not pay for them.
    private static ConsoleFormatter Json()
    {
        var services = new ServiceCollection().AddLogging(logging => logging.AddJsonConsole(json =>
        {
            json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            json.UseUtcTimestamp = true;
        }));
        return services.BuildServiceProvider().GetServices<ConsoleFormatter>().First(formatter => formatter.Name == ConsoleFormatterNames.Json);
    }
}
