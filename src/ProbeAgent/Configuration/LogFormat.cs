namespace ProbeAgent.Configuration;

/// <summary>How log lines look.</summary>
internal enum LogFormat
{
    /// <summary>One line of text for each event.</summary>
    Text,

    /// <summary>One JSON object for each event.</summary>
    Json,
}
