using System.Globalization;
using System.Text.Json.Nodes;
using ProbeAgent.Lint;

namespace ProbeAgent.Tests.Lint;

/// <summary>Amounts as Kubernetes writes them.</summary>
public sealed class QuantityTests
{
    [Theory]
    [InlineData("\"100m\"", "0.1")]
    [InlineData("\"32Mi\"", "33554432")]
    [InlineData("\"0.5\"", "0.5")]
    [InlineData("2", "2")]
    [InlineData("\"1.5Gi\"", "1610612736")]
    public void Of_Amount_IsItsValue(string json, string expected) =>
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), Quantity.Of(JsonNode.Parse(json)));

    [Theory]
    [InlineData("\"much\"")]
    [InlineData("\"10Xi\"")]
    [InlineData("\"-1\"")]
    [InlineData("[]")]
    [InlineData("null")]
    public void Of_AnythingElse_IsNone(string json) => Assert.Null(Quantity.Of(JsonNode.Parse(json)));
}
