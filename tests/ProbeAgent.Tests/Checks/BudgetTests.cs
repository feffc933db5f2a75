using ProbeAgent.Checks;

namespace ProbeAgent.Tests.Checks;

public sealed class BudgetTests
{
    [Theory]
    [InlineData(1, 900)]
    [InlineData(2, 1800)]
    [InlineData(3, 2750)]
    [InlineData(300, 299_750)]
    public void Within_ATimeout_LeavesTenPercentButAtMost250Ms(int seconds, int expectedMilliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(expectedMilliseconds), Budget.Within(TimeSpan.FromSeconds(seconds)));
}
