using ProbeAgent.Configuration;

namespace ProbeAgent.Tests.Configuration;

public sealed class TargetReaderTests
{
    [Theory]
    [InlineData(":80", "http://:80/")]
    [InlineData(":80?ready", "http://:80/?ready")]
    [InlineData(":80/a/../b//c?x=%41&y", "http://:80/a/../b//c?x=%41&y")]
    [InlineData(":80/with space/é", "http://:80/with%20space/%C3%A9")]
    [InlineData("http://127.0.0.1/status", "http://127.0.0.1:80/status")]
    [InlineData("http://localhost:8080/", "http://localhost:8080/")]
    [InlineData("http://auto:8080/", "http://:8080/")]
    [InlineData("http://[::1]:8080/", "http://[::1]:8080/")]
    [InlineData("http://10.0.0.5:8080/", "http://10.0.0.5:8080/")]
    [InlineData("HTTP://:80/", "http://:80/")]
    [InlineData("tcp://:6379", "tcp://:6379")]
    [InlineData("tcp://[fd00::5]:6379", "tcp://[fd00::5]:6379")]
    public void Parse_ATarget_GivesTheQuestion(string text, string expected) =>
        Assert.Equal(expected, new TargetReader(Reading.Pod).Check(text).Value?.ToString());

    [Theory]
    [InlineData(":15081", ":15081")]
    [InlineData("0.0.0.0:1", "0.0.0.0:1")]
    [InlineData("[::]:65535", "[::]:65535")]
    [InlineData("::1:80", null)]
    [InlineData("[127.0.0.1]:80", null)]
    [InlineData(":65536", null)]
    [InlineData(":", null)]
    [InlineData("localhost:80", null)]
    public void Parse_OfAListenAddress_TakesAddressesAndPortsOnly(string text, string? expected) =>
        Assert.Equal(expected, ListenAddress.Parse(text)?.ToString());
}
