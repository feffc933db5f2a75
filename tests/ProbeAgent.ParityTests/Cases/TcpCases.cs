using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests.Cases;

/// <summary>What a TCP check may meet. All that counts is whether the connection opens.</summary>
internal static class TcpCases
{
    public static IReadOnlyList<ParityCase> All { get; } =
    [
        new("tcp/silent", Answer.Unasked.ThenStall()),
        new("tcp/ends-at-once", Answer.Unasked),
        new("tcp/greets", Answer.Unasked.Then("220 hello\r\n").ThenStall()),
        new("tcp/floods", Answer.Unasked.ThenEndlessly(new string('x', 1024))),
        new("tcp/refused", (_, _) => Answer.Unasked, PortState.Refusing),
        new("tcp/never-accepted", (_, _) => Answer.Unasked, PortState.Full),
    ];
}
