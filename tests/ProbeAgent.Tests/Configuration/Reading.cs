using System.Net;
using ProbeAgent.Configuration;

namespace ProbeAgent.Tests.Configuration;

/// <summary>Reads configurations as in a pod whose only interface has 10.0.0.5 and fd00::5.</summary>
internal static class Reading
{
    /// <summary>The addresses of that pod.</summary>
    public static IReadOnlyList<IPAddress> Interfaces { get; } =
        [IPAddress.Loopback, IPAddress.IPv6Loopback, IPAddress.Parse("10.0.0.5"), IPAddress.Parse("fd00::5")];

    /// <summary>That pod.</summary>
    public static Surroundings Pod { get; } = new(IsThePod: true, () => Interfaces, HasTls: () => true);

    /// <summary>What variables give.</summary>
    public static ConfigurationOutcome Of(params (string Name, string Value)[] variables) => Of([], variables);

    /// <summary>What a document called <c>doc</c> gives, and variables beside it.</summary>
    public static ConfigurationOutcome OfDocument(string text, params (string Name, string Value)[] variables) =>
        new ConfigurationReader(
            new GivenSettings(new Dictionary<Setting, string>(), variables.ToDictionary(variable => variable.Name, variable => variable.Value)),
            Pod).Read(new DocumentText("doc", text));

    /// <summary>What options and variables give.</summary>
    public static ConfigurationOutcome Of((Setting Setting, string Value)[] options, (string Name, string Value)[] variables) =>
        new ConfigurationReader(
            new GivenSettings(
                options.ToDictionary(option => option.Setting, option => option.Value),
                variables.ToDictionary(variable => variable.Name, variable => variable.Value)),
            Pod).Read();
}
