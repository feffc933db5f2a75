using ProbeAgent.Configuration;
using ProbeAgent.Serving;

namespace ProbeAgent.Tests.Serving;

public sealed class ProbePathTests
{
    [Theory]
    [InlineData("/livez", ProbeKind.Liveness, null, null)]
    [InlineData("/readyz/web", ProbeKind.Readiness, "web", null)]
    [InlineData("/app-health/web/startupz", ProbeKind.Startup, null, "web")]
    internal void Parse_AProbe_NamesItsParts(string path, ProbeKind probe, string? check, string? container)
    {
        var parsed = ProbePath.Parse(path);

        Assert.Equal((probe, check, container), (parsed!.Probe, parsed.Check, parsed.Container));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("livez")]
    [InlineData("/livez/")]
    [InlineData("//livez")]
    [InlineData("/Livez")]
    [InlineData("/%6civez")]
    [InlineData("/livez/a/b")]
    [InlineData("/x/../livez")]
    [InlineData("/app-health/livez")]
    [InlineData("/app-health//livez")]
    [InlineData("/app-health/web/prestopz")]
    [InlineData("http://host/livez")]
    public void Parse_AnythingElse_IsNull(string path) => Assert.Null(ProbePath.Parse(path));

    [Theory]
    [InlineData("/livez", "/livez", false, "")]
    [InlineData("/livez?verbose", "/livez", true, "")]
    [InlineData("/livez?verbose=1&exclude=a&exclude=b", "/livez", true, "a,b")]
    [InlineData("/livez?", "/livez", false, "")]
    [InlineData("/livez?xverbose", "/livez", false, "")]
    public void Target_Splits_AtTheFirstQuestionMark(string raw, string path, bool isVerbose, string excluded)
    {
        var target = RequestTarget.Parse(raw);

        Assert.Equal(path, target.Path);
        Assert.Equal(isVerbose, target.Values("verbose").Any());
        Assert.Equal(excluded, string.Join(',', target.Values("exclude")));
    }
}
