using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;
using ProbeAgent.Configuration;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Hosting;

/// <summary>Where log lines go and how they look: standard output, which never holds the agent up.</summary>
internal static class LoggingSetup
{
    /// <summary>Adds the configured logging.</summary>
    public static void Configure(IServiceCollection services, LogLevel level, LogFormat format, TimeProvider timeProvider)
    {
        services.TryAddSingleton(timeProvider);
        services.AddLogging(logging =>
        {
            logging.SetMinimumLevel(level);

            // It would log a failed start with its stack trace; ours is one sentence.
            logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);

            // They quote request lines, and in that of a hook stands its key.
            logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
            logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.None);

            // It logs every request, and every failure with its stack trace; ours is one sentence for each change.
            logging.AddFilter("Yarp", LogLevel.None);
            if (level > LogLevel.Debug)
            {
                // What a caller did wrong is counted, not logged; a caller is a stranger.
                logging.AddFilter("Microsoft", LogLevel.Error);
            }

            logging.AddConsole(console =>
            {
                console.FormatterName = format == LogFormat.Json ? ConsoleFormatterNames.Json : TextLineFormatter.FormatterName;

                // A full or stopped standard output loses lines; it must not stop answers.
                console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
            });
            logging.Services.AddSingleton<ConsoleFormatter, TextLineFormatter>();
            logging.Services.Configure<JsonConsoleFormatterOptions>(json =>
            {
                json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
                json.UseUtcTimestamp = true;
            });
        });
    }
}
