using ProbeAgent.Probing;

namespace ProbeAgent.Mesh;

/// <summary>Looks which sidecar is in the pod.</summary>
/// <param name="marks">What is looked for, in this order.</param>
/// <param name="question">Asks.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class MeshFinder(IReadOnlyList<MeshMark> marks, ShortQuestion question, TimeProvider timeProvider)
{
    /// <summary>The first that shows itself; null where none does. Throws when the agent ends.</summary>
    public async Task<FoundMesh?> FindAsync()
    {
        // Where nobody listens nobody is asked: most pods have one mesh at most, and a refusal costs more than the list.
        var listening = ListeningPorts.Read();
        foreach (var mark in marks.Where(mark => listening.Count == 0 || listening.Any(endpoint => endpoint.Port == mark.Port)))
        {
            if (await LookForAsync(mark) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private async Task<FoundMesh?> LookForAsync(MeshMark mark)
    {
        Page? page = null;
        foreach (var look in mark.Looks)
        {
            var target = mark.TargetOf(look);
            page = await question.AskAsync(new PageReader(target, new PodConnector(target.Host), timeProvider));
            if (page is null || !look.Shows(page))
            {
                return null;
            }
        }

        return new FoundMesh(mark, page!.Message);
    }
}
