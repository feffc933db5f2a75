using Microsoft.Extensions.Primitives;
using ProbeAgent.Serving;

namespace ProbeAgent.Tests.Serving;

public sealed class RelayDeadlineTests
{
    [Theory]
    [InlineData("10", 9)]
    [InlineData("1", 0.9)]
    [InlineData("0.5", 0.45)]
    [InlineData("2.5", 2.25)]
    [InlineData("33", 29.7)]
    [InlineData("34", 30)]
    [InlineData("86400", 30)]
    public void From_WhatPrometheusWaits_Is10PercentLessAnd30SecondsAtMost(string header, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RelayDeadline.From(header));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0.0")]
    [InlineData("-5")]
    [InlineData("+5")]
    [InlineData(" 5")]
    [InlineData("5s")]
    [InlineData("1e1")]
    [InlineData("0x5")]
    [InlineData("1,5")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("99999999999999999999999999999999")]
    public void From_WhatIsNoTime_Is10Seconds(string? header) =>
        Assert.Equal(TimeSpan.FromSeconds(10), RelayDeadline.From(header));

    [Fact]
    public void From_TwoTimes_Is10Seconds() =>
        Assert.Equal(TimeSpan.FromSeconds(10), RelayDeadline.From(new StringValues(["1", "2"])));
}
