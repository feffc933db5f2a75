namespace ProbeAgent.Tests.Lint;

/// <summary>A change of a manifest that a rule must find, and one like it that it must not.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Manifest">What is changed.</param>
/// <param name="Find">A piece of it that is there once.</param>
/// <param name="Wrong">What to put in its place.</param>
/// <param name="Expected">What is found: severity and place.</param>
/// <param name="Right">What to put there so that nothing is.</param>
internal sealed record LintCase(string Rule, string Manifest, string Find, string Wrong, string Expected, string Right)
{
    /// <summary>The manifest with the mistake.</summary>
    public string Mistaken => With(Wrong);

    /// <summary>Its nearest neighbour.</summary>
    public string Neighbour => With(Right);

    private string With(string text)
    {
        Assert.Equal(2, Manifest.Split(Find).Length);
        return Manifest.Replace(Find, text, StringComparison.Ordinal);
    }
}
