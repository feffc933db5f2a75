using System.Globalization;

namespace ProbeAgent.Probing;

/// <summary>Durations as a person reads them: <c>0.4 ms</c>, <c>12 ms</c>, <c>3.2 s</c>, <c>4 min 5 s</c>, <c>3 h 12 min</c>, <c>2 d 3 h</c>.</summary>
internal static class DurationText
{
    /// <summary>The text of a duration; a negative one counts as zero.</summary>
    public static string Of(TimeSpan duration)
    {
        var culture = CultureInfo.InvariantCulture;
        return duration switch
        {
            { Ticks: <= 0 } => "0 s",
            { TotalMilliseconds: < 10 } => string.Create(culture, $"{duration.TotalMilliseconds:0.0} ms"),
            { TotalMilliseconds: < 1000 } => string.Create(culture, $"{duration.TotalMilliseconds:0} ms"),
            { TotalSeconds: < 60 } => string.Create(culture, $"{duration.TotalSeconds:0.#} s"),
            { TotalHours: < 1 } => string.Create(culture, $"{duration.Minutes} min {duration.Seconds} s"),
            { TotalDays: < 1 } => string.Create(culture, $"{duration.Hours} h {duration.Minutes} min"),
            _ => string.Create(culture, $"{duration.Days} d {duration.Hours} h"),
        };
    }
}
