namespace ProbeAgent.Configuration;

/// <summary>What a document says; null for what it leaves to other sources and defaults.</summary>
internal sealed record Document
{
    /// <summary>A document that says nothing.</summary>
    public static Document Empty { get; } = new();

    public Found<ListenAddress>? Listen { get; init; }

    /// <summary>Found with a null value: <c>off</c>.</summary>
    public Found<ListenAddress?>? Admin { get; init; }

    public Found<Detail>? Detail { get; init; }

    public Found<TimeSpan>? DrainMax { get; init; }

    public Found<LogLevel>? LogLevel { get; init; }

    public Found<LogFormat>? LogFormat { get; init; }

    public MeshConfiguration Mesh { get; init; } = new();

    /// <summary>Where the mesh stands; null where the document says nothing of it.</summary>
    public Origin? MeshAt { get; init; }

    /// <summary>Each with the place of its port.</summary>
    public Found<IReadOnlyList<Found<CheckConfiguration>>>? Checks { get; init; }

    /// <summary>Each with the place of its target.</summary>
    public Found<IReadOnlyList<Found<RelayConfiguration>>>? Relays { get; init; }

    /// <summary>Each with the place of its port.</summary>
    public Found<IReadOnlyList<Found<HookConfiguration>>>? Hooks { get; init; }
}
