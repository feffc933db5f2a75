namespace ProbeAgent.Manifests;

/// <summary>How a node is written.</summary>
internal enum NodeStyle
{
    /// <summary>A scalar without quotes; also one of no characters at all.</summary>
    Plain,

    /// <summary>A scalar in single or double quotes.</summary>
    Quoted,

    /// <summary>A scalar behind <c>|</c> or <c>&gt;</c>.</summary>
    Text,

    /// <summary><c>*name</c>.</summary>
    Alias,
    BlockMap,
    BlockList,
    FlowMap,
    FlowList,

    /// <summary>A mapping of one entry without braces, in brackets: <c>[a: 1]</c>.</summary>
    FlowPair,
}
