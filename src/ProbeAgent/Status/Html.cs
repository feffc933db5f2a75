using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using ProbeAgent.Probing;

namespace ProbeAgent.Status;

/// <summary>HTML in the making: what the code writes out is markup, and whatever is put into it is text, encoded.</summary>
internal sealed class Html
{
    private readonly StringBuilder page = new();

    /// <summary>More of it: the compiler has the text written before this is called.</summary>
    public Html Add([InterpolatedStringHandlerArgument("")] Markup markup)
    {
        _ = markup;
        return this;
    }

    /// <summary>The style, as it is.</summary>
    public void AddStyle() => page.Append("<style>").Append(PageStyle.Text).Append("</style>\n");

    /// <summary>Lines of text, each as it stands.</summary>
    public void AddLines(string text)
    {
        foreach (var line in text.AsSpan().TrimEnd().EnumerateLines())
        {
            Add($"{line.ToString()}\n");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => page.ToString();

    /// <summary>What the compiler makes of an interpolated string.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Markup
    {
        private readonly StringBuilder page;

        /// <summary>Writes straight to the page.</summary>
        public Markup(int literalLength, int formattedCount, Html html)
        {
            page = html.page;
            page.EnsureCapacity(page.Length + literalLength + (16 * formattedCount));
        }

        /// <summary>What the code wrote out.</summary>
        public void AppendLiteral(string markup) => page.Append(markup);

        /// <summary>Text.</summary>
        public void AppendFormatted(string? text) => page.Append(WebUtility.HtmlEncode(Printable.Line(text ?? "")));

        /// <summary>A number.</summary>
        public void AppendFormatted(int number) => page.Append(CultureInfo.InvariantCulture, $"{number}");
    }
}
