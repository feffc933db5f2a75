namespace ProbeAgent.Hosting;

/// <summary>
/// A container's user often has no home: no HOME, and no line in <c>/etc/passwd</c>. .NET looks for one whenever it judges a
/// certificate, and throws where there is none; nothing is ever written there.
/// </summary>
internal static class HomeFolder
{
    /// <summary>Takes the root for one where none is named.</summary>
    public static void Ensure()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("HOME")))
        {
            Environment.SetEnvironmentVariable("HOME", "/");
        }
    }
}
