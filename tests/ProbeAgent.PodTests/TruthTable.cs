namespace ProbeAgent.PodTests;

/// <summary>
/// What each probe sees, written down: by the truth, and by what was measured on a kubelet and a strict sidecar.
/// </summary>
internal static class TruthTable
{
    /// <summary>
    /// A cell is what the probe saw. (lie) stands where the kubelet's verdict is not the truth. The truth of exec and
    /// httpGet is whether the app is well; that of a TCP probe is whether anybody listens: for a frozen app the kernel
    /// does.
    /// </summary>
    public const string Expected = """
        sidecar    | app              | exec    | httpGet     | tcpSocket  | agent, HTTP check      | agent, TCP check
        -----------|------------------|---------|-------------|------------|------------------------|-----------------------
        NoSidecar  | Healthy          | exit 0  | 200         | open       | 200                    | 200
        NoSidecar  | OnPodAddressOnly | exit 0  | 200         | open       | 200                    | 200
        NoSidecar  | ChoosyAboutHost  | exit 0  | 200         | open       | 200                    | 200
        NoSidecar  | Answers500       | exit 22 | 500         | open       | 500 bad_status         | 200
        NoSidecar  | Killed           | exit 7  | refused     | refused    | 502 connection_refused | 502 connection_refused
        NoSidecar  | Frozen           | exit 28 | timeout     | open       | 504 response_timeout   | 200
        NoSidecar  | Slow             | exit 28 | timeout     | open       | 504 response_timeout   | 200
        MtlsOff    | Healthy          | exit 0  | 200         | open       | 200                    | 200
        MtlsOff    | OnPodAddressOnly | exit 0  | 200         | open       | 200                    | 200
        MtlsOff    | ChoosyAboutHost  | exit 0  | 200         | open       | 200                    | 200
        MtlsOff    | Answers500       | exit 22 | 500         | open       | 500 bad_status         | 200
        MtlsOff    | Killed           | exit 7  | EOF         | open (lie) | 502 connection_refused | 502 connection_refused
        MtlsOff    | Frozen           | exit 28 | timeout     | open       | 504 response_timeout   | 200
        MtlsOff    | Slow             | exit 28 | timeout     | open       | 504 response_timeout   | 200
        Permissive | Healthy          | exit 0  | 200         | open       | 200                    | 200
        Permissive | OnPodAddressOnly | exit 0  | 200         | open       | 200                    | 200
        Permissive | ChoosyAboutHost  | exit 0  | 200         | open       | 200                    | 200
        Permissive | Answers500       | exit 22 | 500         | open       | 500 bad_status         | 200
        Permissive | Killed           | exit 7  | EOF         | open (lie) | 502 connection_refused | 502 connection_refused
        Permissive | Frozen           | exit 28 | timeout     | open       | 504 response_timeout   | 200
        Permissive | Slow             | exit 28 | timeout     | open       | 504 response_timeout   | 200
        Strict     | Healthy          | exit 0  | reset (lie) | open       | 200                    | 200
        Strict     | OnPodAddressOnly | exit 0  | reset (lie) | open       | 200                    | 200
        Strict     | ChoosyAboutHost  | exit 0  | reset (lie) | open       | 200                    | 200
        Strict     | Answers500       | exit 22 | reset       | open       | 500 bad_status         | 200
        Strict     | Killed           | exit 7  | reset       | open (lie) | 502 connection_refused | 502 connection_refused
        Strict     | Frozen           | exit 28 | reset       | open       | 504 response_timeout   | 200
        Strict     | Slow             | exit 28 | reset       | open       | 504 response_timeout   | 200
        """;

    /// <summary>The head of the table, two lines.</summary>
    public static string Head { get; } = string.Join('\n', Expected.Split('\n')[..2]);

    /// <summary>The line that is expected of this sidecar and app.</summary>
    public static string ExpectedRow(MeshMode sidecar, AppCondition app) => Expected
        .Split('\n')
        .Single(line => line.Split('|') is var cells && cells[0].Trim() == $"{sidecar}" && cells[1].Trim() == $"{app}");
}
