using System.Text.Json.Nodes;

namespace ProbeAgent.Admission;

/// <summary>What an API server asks about.</summary>
internal sealed record AdmissionRequest
{
    /// <summary>The question's own id, which the answer repeats.</summary>
    public required string Uid { get; init; }

    /// <summary>The namespace of the pod, whose own metadata often lacks it; empty for what is in none.</summary>
    public required string Namespace { get; init; }

    /// <summary>Its name, or the beginning of the name that the API server is yet to give it.</summary>
    public required string Name { get; init; }

    /// <summary>The pod that is to be made; null for every other question.</summary>
    public JsonObject? Pod { get; init; }
}
