using System.Text;

namespace ProbeAgent.Lab;

/// <summary>What the kubelet does to the value of a variable (k8s third_party/forked/golang/expansion): <c>$(NAME)</c> is a reference, <c>$$</c> a dollar.</summary>
public static class KubeletExpansion
{
    /// <summary>The value as the container gets it; a reference to a variable that is not there stays as it is written.</summary>
    public static string Of(string value, IReadOnlyDictionary<string, string> variables)
    {
        var text = new StringBuilder();
        for (var at = 0; at < value.Length; at++)
        {
            var end = value[at] == '$' && at + 1 < value.Length && value[at + 1] == '(' ? value.IndexOf(')', at) : -1;
            if (end > 0)
            {
                text.Append(variables.GetValueOrDefault(value[(at + 2)..end], value[at..(end + 1)]));
                at = end;
            }
            else
            {
                text.Append(value[at]);
                at += value[at] == '$' && at + 1 < value.Length && value[at + 1] == '$' ? 1 : 0;
            }
        }

        return text.ToString();
    }
}
