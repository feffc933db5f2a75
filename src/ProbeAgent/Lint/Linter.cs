using System.Text.Json.Nodes;
using ProbeAgent.Injection;

namespace ProbeAgent.Lint;

/// <summary>Says what is wrong with the pods of a deployment, and what will surprise. It knows nothing of files or terminals.</summary>
internal sealed class Linter(LintOptions options)
{
    /// <summary>All there is to be said, by document and pod.</summary>
    /// <param name="documents">What is deployed together.</param>
    public IReadOnlyList<LintFinding> Lint(IReadOnlyList<JsonNode> documents)
    {
        var deployment = new LintedDeployment(documents);
        return
        [
            .. from document in documents.Select((node, index) => (node, index))
               from template in PodTemplates.Of(document.node, options.TemplatePath)
               from finding in Look(template, document.node, document.index, deployment)
               select finding,
        ];
    }

    private IEnumerable<LintFinding> Look(PodTemplate template, JsonNode document, int index, LintedDeployment deployment)
    {
        var pod = new LintPod(template, document, deployment, options);
        return
            from rule in LintRules.All
            where !pod.Ignored.Contains(rule.Id)
            from remark in rule.Look(pod)
            select new LintFinding(rule.Id, remark.Severity, index, remark.Place.ToString(), remark.Message, remark.Advice);
    }
}
