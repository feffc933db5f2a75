using ProbeAgent.Serving;

namespace ProbeAgent.Tests.Serving;

public sealed class HooksUnderWayTests
{
    private readonly HooksUnderWay hooks = new();

    [Fact]
    public void None_BeforeAny_IsComplete()
    {
        Assert.True(hooks.None.IsCompletedSuccessfully);
        Assert.Equal(0, hooks.Count);
    }

    [Fact]
    public void None_WhileOneOfTwoIsLeft_IsNot()
    {
        hooks.Begin();
        hooks.Begin();
        hooks.End();

        Assert.False(hooks.None.IsCompleted);
        Assert.Equal(1, hooks.Count);
    }

    [Fact]
    public void None_AfterTheLast_IsComplete()
    {
        hooks.Begin();
        var none = hooks.None;
        hooks.End();

        Assert.True(none.IsCompletedSuccessfully);
    }

    [Fact]
    public void None_WithTheNextOne_BeginsAnew()
    {
        hooks.Begin();
        hooks.End();
        hooks.Begin();

        Assert.False(hooks.None.IsCompleted);
    }
}
