using ProbeAgent.Probing;

namespace ProbeAgent.Tests.Probing;

public sealed class HttpUrlTests
{
    private static readonly HttpUrl Base = new("http", "10.0.0.5", "80", "/a/b", "?x=1");

    [Theory]
    [InlineData("/c", "http://10.0.0.5:80/c")]
    [InlineData("c", "http://10.0.0.5:80/a/c")]
    [InlineData("../c", "http://10.0.0.5:80/c")]
    [InlineData("../../../c", "http://10.0.0.5:80/c")]
    [InlineData("./", "http://10.0.0.5:80/a/")]
    [InlineData("..", "http://10.0.0.5:80/")]
    [InlineData("?y=2", "http://10.0.0.5:80/a/b?y=2")]
    [InlineData("#fragment", "http://10.0.0.5:80/a/b?x=1")]
    [InlineData("//10.0.0.5:81/c", "http://10.0.0.5:81/c")]
    [InlineData("http://10.0.0.5", "http://10.0.0.5/")]
    [InlineData("HTTPS://10.0.0.5/c?d#e", "https://10.0.0.5/c?d")]
    [InlineData("http://user:word@10.0.0.5/c", "http://10.0.0.5/c")]
    [InlineData("http://[::1]:8080/c", "http://[::1]:8080/c")]
    [InlineData("/with space", "http://10.0.0.5:80/with%20space")]
    [InlineData("/kept%2Fencoded", "http://10.0.0.5:80/kept%2Fencoded")]
    public void Follow_OfAReference_ResolvesAsTheKubeletsClient(string location, string expected) =>
        Assert.Equal(expected, Base.Follow(location)?.ToString());

    [Theory]
    [InlineData("http://10.0.0.5:port/")]
    [InlineData("http://[::1/")]
    [InlineData("http://ho st/")]
    [InlineData("/bad%zzescape")]
    [InlineData(":no-scheme")]
    [InlineData("no/slash:first/../a:b\u0001")]
    [InlineData("1a:b")]
    [InlineData("http://[::1]./")]
    [InlineData("http://[::1]:80@elsewhere/")]
    public void Follow_OfWhatIsNoUrl_IsNull(string location) => Assert.Null(Base.Follow(location));

    [Theory]
    [InlineData("http", "", 80)]
    [InlineData("https", "", 443)]
    [InlineData("http", "8080", 8080)]
    [InlineData("http", "0", null)]
    [InlineData("http", "70000", null)]
    public void Port_IsTheSchemesOwnOrTheWrittenOne(string scheme, string text, int? expected) =>
        Assert.Equal(expected, new HttpUrl(scheme, "h", text, "/", "").Port);

    [Fact]
    public void ToUri_ChangesNothing()
    {
        var url = new HttpUrl("http", "10.0.0.5", "80", "/a/../b//%7e", "?q=%41");

        Assert.Equal("/a/../b//%7e?q=%41", url.ToUri().PathAndQuery);
    }
}
