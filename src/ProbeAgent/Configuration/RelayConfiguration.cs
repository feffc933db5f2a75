namespace ProbeAgent.Configuration;

/// <summary>A relay to a plain page of the app.</summary>
/// <param name="Name">A DNS label, unique: <c>/relay/{name}</c>.</param>
/// <param name="Target">What is fetched.</param>
internal sealed record RelayConfiguration(string Name, HttpGetAction Target);
