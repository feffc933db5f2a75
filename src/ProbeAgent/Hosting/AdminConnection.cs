namespace ProbeAgent.Hosting;

/// <summary>Marks connections that came in by the admin port, so that neither port can answer for the other.</summary>
internal sealed class AdminConnection
{
    private AdminConnection()
    {
    }

    /// <summary>The mark.</summary>
    public static AdminConnection Mark { get; } = new();
}
