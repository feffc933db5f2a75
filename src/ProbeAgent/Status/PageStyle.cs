namespace ProbeAgent.Status;

/// <summary>How the page looks, in the light and in the dark.</summary>
internal static class PageStyle
{
    /// <summary>What the page's policy says of the style: it, and no other, is the page's own. A test tells it where the style changes.</summary>
    public const string Hash = "sha256-ceQoiGzdDV6xKjdDy7Fl6uBFjOpOqWtxi91W34fPZxw=";

    /// <summary>The style sheet.</summary>
    public const string Text = """
        :root { color-scheme: light dark; --paper: #fff; --card: #f6f8fa; --ink: #1b1f23; --faint: #57606a; --line: #d0d7de;
          --link: #0550ae; --pass: #1a7f37; --warn: #8a5d00; --fail: #c4232d; }
        @media (prefers-color-scheme: dark) {
          :root { --paper: #0d1117; --card: #161b22; --ink: #e6edf3; --faint: #9da7b3; --line: #30363d;
            --link: #79b8ff; --pass: #3fb950; --warn: #d8a12a; --fail: #ff7b72; }
        }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 60rem; padding: 1rem; background: var(--paper); color: var(--ink);
          font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
        h1 { font-size: 1.25rem; margin: 0; }
        h2 { font-size: 1.1rem; margin: 0; }
        h3 { font-size: .9rem; margin: 1rem 0 .25rem; color: var(--faint); }
        p { margin: .25rem 0; }
        a { color: var(--link); }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
        ul { list-style: none; margin: 0; padding: 0; }
        nav li, .key li { display: inline-block; margin-right: 1rem; }
        .verdict { font-size: 1.1rem; font-weight: 600; }
        .faint, .key, .axis { color: var(--faint); font-size: .85rem; }
        .card { background: var(--card); border: 1px solid var(--line); border-left: .4rem solid var(--faint); border-radius: .4rem;
          margin: 1rem 0; padding: .75rem 1rem; }
        .card.pass { border-left-color: var(--pass); }
        .card.warn { border-left-color: var(--warn); }
        .card.fail { border-left-color: var(--fail); }
        .verdict.pass, .state.pass { color: var(--pass); }
        .verdict.warn, .state.warn { color: var(--warn); }
        .verdict.fail, .state.fail { color: var(--fail); }
        .state { font-weight: 600; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .5rem 0 0; font-size: .9rem; }
        dt { color: var(--faint); }
        dd { margin: 0; }
        svg { display: block; width: 100%; }
        .plot { height: 6rem; border-bottom: 1px solid var(--line); }
        .parts { height: .75rem; background: var(--line); }
        path { fill: none; stroke-width: 2; vector-effect: non-scaling-stroke; }
        .success { stroke: var(--pass); }
        .warning { stroke: var(--warn); }
        .failure, .cross { stroke: var(--fail); }
        .budget { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 6 4; }
        .axis { display: flex; justify-content: space-between; margin: 0; }
        .key li::before { content: ""; display: inline-block; width: .7rem; height: .7rem; margin-right: .35rem; background: var(--faint); }
        .key .is-success::before { background: var(--pass); }
        .key .is-warning::before { background: var(--warn); }
        .key .is-failure::before { background: var(--fail); }
        .key .is-budget::before { height: 0; width: 1.2rem; background: none; border-top: 2px dashed var(--ink); vertical-align: middle; }
        .part-1 { fill: #6e7781; } .key .part-1::before { background: #6e7781; }
        .part-2 { fill: #8250df; } .key .part-2::before { background: #8250df; }
        .part-3 { fill: #2f81f7; } .key .part-3::before { background: #2f81f7; }
        .part-4 { fill: #1b9aaa; } .key .part-4::before { background: #1b9aaa; }
        .changes li { border-top: 1px solid var(--line); padding: .3rem 0; }
        pre { margin: .5rem 0 0; white-space: pre-wrap; font: .8rem/1.5 ui-monospace, monospace; }
        """;
}
