namespace ProbeAgent.BlackBoxTests;

/// <summary>What no user is ever shown.</summary>
public static class Trace
{
    /// <summary>Fails where the text has the marks of a .NET stack trace.</summary>
    public static void AssertNone(string text)
    {
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
    }
}
