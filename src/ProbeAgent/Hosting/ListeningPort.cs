using ProbeAgent.Configuration;

namespace ProbeAgent.Hosting;

/// <summary>A port that is to be listened on.</summary>
/// <param name="Source">What names it: a variable, an option, or a place in a document.</param>
/// <param name="Address">Where it is.</param>
internal sealed record ListeningPort(string Source, ListenAddress Address);
