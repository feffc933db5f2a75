using ProbeAgent.Probing;

namespace ProbeAgent.Tests.Probing;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("\e[31mred\e[0m", " [31mred [0m")]
    [InlineData("one\r\ntwo\ttabs", "one  two tabs")]
    [InlineData("c1 \u009b31m, del \u007f", "c1  31m, del  ")]
    [InlineData("right \u202eto left\u2069, line\u2028, paragraph\u2029", "right  to left , line , paragraph ")]
    [InlineData("expected 200–399, größer, 日本, 🙂", "expected 200–399, größer, 日本, 🙂")]
    public void Line_OfAnything_ShowsLettersAndNothingThatSteers(string text, string expected) => Assert.Equal(expected, Printable.Line(text));

    [Fact]
    public void Of_ALongText_IsItsBeginning() => Assert.Equal(new string('x', 200) + "…", Printable.Of(new string('x', 300)));
}
