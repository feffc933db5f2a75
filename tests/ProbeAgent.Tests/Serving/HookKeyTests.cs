using ProbeAgent.Serving;

namespace ProbeAgent.Tests.Serving;

public sealed class HookKeyTests
{
    private readonly HookKey key = new("S3cret-._~");

    [Fact]
    public void IsIn_ThisKeyAlone_Holds() => Assert.True(key.IsIn("key=S3cret-._~"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("key")]
    [InlineData("key=")]
    [InlineData("S3cret-._~")]
    [InlineData("key=s3cret-._~")]
    [InlineData("KEY=S3cret-._~")]
    [InlineData("key=S3cret-._")]
    [InlineData("key=S3cret-._~x")]
    [InlineData("key=S3cret-._%7e")]
    [InlineData("key=S3cret-._~&")]
    [InlineData("&key=S3cret-._~")]
    [InlineData("key=S3cret-._~&key=S3cret-._~")]
    [InlineData("a=b&key=S3cret-._~")]
    public void IsIn_AnythingElse_DoesNot(string? query) => Assert.False(key.IsIn(query));
}
