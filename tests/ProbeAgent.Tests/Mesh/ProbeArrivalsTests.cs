using Microsoft.Extensions.Time.Testing;
using ProbeAgent.Configuration;
using ProbeAgent.Mesh;

namespace ProbeAgent.Tests.Mesh;

public sealed class ProbeArrivalsTests
{
    private readonly FakeTimeProvider time = new();
    private readonly ProbeArrivals arrivals;

    public ProbeArrivalsTests() => arrivals = new ProbeArrivals(time);

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(60)]
    public void Period_OfThreeProbes_IsTheirs(int seconds)
    {
        for (var probe = 0; probe < 3; probe++)
        {
            Assert.Null(arrivals.Period);
            Succeed("/livez");
            time.Advance(TimeSpan.FromSeconds(seconds));
        }

        Assert.Equal(TimeSpan.FromSeconds(seconds), arrivals.Period);
    }

    [Fact]
    public void Period_WhereReadinessIsAskedTwiceAtOnce_IsNotThatOfTheTwins()
    {
        foreach (var milliseconds in new[] { 5, 4, 60_000, 3, 60_000, 10 })
        {
            Succeed("/readyz", ProbeKind.Readiness);
            time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        }

        Assert.InRange(arrivals.Period!.Value, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60.1));
    }

    [Fact]
    public void Period_OfTwinsOnly_IsUnknown()
    {
        for (var probe = 0; probe < 10; probe++)
        {
            Succeed("/readyz", ProbeKind.Readiness);
            time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.Null(arrivals.Period);
    }

    [Fact]
    public void Period_WithPathsBeyondTheLimit_IsOfTheFirstOnes()
    {
        for (var path = 0; path < 1000; path++)
        {
            Succeed($"/livez/{path}");
        }

        for (var probe = 0; probe < 3; probe++)
        {
            Succeed("/livez/999");
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Null(arrivals.Period);
    }

    private void Succeed(string path, ProbeKind probe = ProbeKind.Liveness)
    {
        arrivals.Arrive();
        arrivals.Answer(new ProbeSighting(path, probe, ProbeWay.Direct), succeeded: true);
    }
}
