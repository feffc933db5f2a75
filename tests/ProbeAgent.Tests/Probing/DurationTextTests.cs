using ProbeAgent.Probing;

namespace ProbeAgent.Tests.Probing;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData(-1, "0 s")]
    [InlineData(0.42, "0.4 ms")]
    [InlineData(12.4, "12 ms")]
    [InlineData(900, "900 ms")]
    [InlineData(3_200, "3.2 s")]
    [InlineData(245_000, "4 min 5 s")]
    [InlineData(11_520_000, "3 h 12 min")]
    [InlineData(183_600_000, "2 d 3 h")]
    public void Of_Milliseconds_ReadsAsAPersonSaysIt(double milliseconds, string expected) =>
        Assert.Equal(expected, DurationText.Of(TimeSpan.FromMilliseconds(milliseconds)));
}
