namespace ProbeAgent.PageTests;

/// <summary>How well text stands out from what is behind it, by WCAG 2.</summary>
internal static class Contrast
{
    /// <summary>The least contrast of any text on the page, to be evaluated in it.</summary>
    public const string OfTheFaintestText = """
        (() => {
          const parts = colour => colour.match(/[\d.]+/g).map(Number);
          const luminance = colour => {
            const [r, g, b] = parts(colour).map(part => part / 255).map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const behind = element => {
            for (; element; element = element.parentElement) {
              const colour = getComputedStyle(element).backgroundColor;
              if (parts(colour)[3] !== 0) { return colour; }
            }
            return 'rgb(255, 255, 255)';
          };
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          let least = 21;
          while (walker.nextNode()) {
            if (walker.currentNode.data.trim() === '') { continue; }
            const element = walker.currentNode.parentElement;
            const [a, b] = [luminance(getComputedStyle(element).color), luminance(behind(element))];
            least = Math.min(least, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
          }
          return least;
        })()
        """;
}
