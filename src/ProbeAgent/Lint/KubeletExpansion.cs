using System.Text;

namespace ProbeAgent.Lint;

/// <summary>
/// What the kubelet makes of the value of a variable: <c>$(NAME)</c> is replaced where the variable is known, <c>$$</c> is a dollar sign
/// (k8s third_party/forked/golang/expansion).
/// </summary>
internal static class KubeletExpansion
{
    /// <summary>The value as the process sees it.</summary>
    /// <param name="text">As it is written.</param>
    /// <param name="valueOf">The variables that come before it; null for one that is not known, which stays as it is written.</param>
    public static string Of(string text, Func<string, string?> valueOf)
    {
        var expanded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '$' || i + 1 == text.Length)
            {
                expanded.Append(text[i]);
                continue;
            }

            i++;
            if (text[i] != '(')
            {
                expanded.Append(text[i] == '$' ? "$" : "$" + text[i]);
            }
            else if (text.IndexOf(')', i) is var end && end < 0)
            {
                expanded.Append("$(");
            }
            else
            {
                var name = text[(i + 1)..end];
                expanded.Append(valueOf(name) ?? $"$({name})");
                i = end;
            }
        }

        return expanded.ToString();
    }
}
