using System.Globalization;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Costs;

/// <summary>A row of the table of <c>docs/performance.md</c> that is held by tests: what something costs, and by how much that may differ.</summary>
public sealed record RecordedCost(string What, double Recorded, double Tolerance)
{
    private const string Heading = "| watched | recorded | tolerance |";

    /// <summary>The row of that name; fails where there is none.</summary>
    public static RecordedCost Of(string what) => File.ReadLines(Checkout.InRoot("docs/performance.md"))
        .SkipWhile(line => line != Heading)
        .Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(cells => cells[1] == what)
        .Select(cells => new RecordedCost(what, Number(cells[2]), Number(cells[3].TrimEnd('%').Trim()) / 100))
        .Single();

    /// <summary>Fails where the cost is not the recorded one; less is a finding, too, for the page is then out of date.</summary>
    public void AssertIs(double measured) => Assert.True(
        Math.Abs(measured - Recorded) <= Recorded * Tolerance,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{What}: {measured:N1}, and recorded are {Recorded:N1} ± {Tolerance:P0}: find out why, or correct docs/performance.md"));

    private static double Number(string text) => double.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);
}
