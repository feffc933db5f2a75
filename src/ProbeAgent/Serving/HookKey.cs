using System.Security.Cryptography;
using System.Text;

namespace ProbeAgent.Serving;

/// <summary>What a caller must know to run a hook. How long a comparison takes does not tell how much of it was right.</summary>
internal sealed class HookKey(string key)
{
    // The whole query, so that nothing may stand beside it.
    private readonly byte[] query = Encoding.UTF8.GetBytes($"key={key}");

    /// <summary>True where the query of a request is this key and nothing else.</summary>
    public bool IsIn(string? givenQuery) => CryptographicOperations.FixedTimeEquals(query, Encoding.UTF8.GetBytes(givenQuery ?? ""));
}
