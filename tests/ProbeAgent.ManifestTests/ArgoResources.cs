using k8s;
using k8s.Models;

namespace ProbeAgent.ManifestTests;

// As much of Argo CD's resource as the pages show. The names are its own: argoproj.io/v1alpha1, Application.

/// <summary>What Argo CD is to deploy, and how.</summary>
public sealed class Application : KubernetesObject, IMetadata<V1ObjectMeta>
{
    /// <summary>Its name.</summary>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>The wish.</summary>
    public ApplicationSpec? Spec { get; set; }
}

/// <summary>The wish of an <see cref="Application"/>.</summary>
public sealed class ApplicationSpec
{
    /// <summary>Fields that somebody else writes.</summary>
    public IList<IgnoredDifference>? IgnoreDifferences { get; init; }

    /// <summary>How it is deployed.</summary>
    public ApplicationSyncPolicy? SyncPolicy { get; set; }
}

/// <summary>Fields of resources that are not compared.</summary>
public sealed class IgnoredDifference
{
    /// <summary>The group of the resources, without a version.</summary>
    public string? Group { get; set; }

    /// <summary>Their kind.</summary>
    public string? Kind { get; set; }

    /// <summary>The fields.</summary>
    public IList<string>? JqPathExpressions { get; init; }
}

/// <summary>How an <see cref="Application"/> is deployed.</summary>
public sealed class ApplicationSyncPolicy
{
    /// <summary>Options, as <c>NAME=value</c>.</summary>
    public IList<string>? SyncOptions { get; init; }
}
