using Microsoft.AspNetCore.Html;

namespace Sandbox.Shop.Services;

/// <summary>A small drawing of each sample product, so that the shop looks like one and fetches nothing.</summary>
internal static class ProductPictures
{
    private const string Start =
        """<svg class="product-picture" viewBox="0 0 96 64" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" stroke-linecap="round" aria-hidden="true">""";

    private const string Box = """<path d="M28 22 48 14l20 8v24l-20 8-20-8z"/><path d="m28 22 20 8 20-8M48 30v24"/>""";

    private static readonly Dictionary<string, string> _drawings = new()
    {
        ["STROOP-01"] = """<circle cx="40" cy="32" r="18"/><path d="M58 32h24M30 22l20 20M24 30l18 18M38 16l18 18M50 22 30 42M42 16 24 34M56 30 38 48"/>""",
        ["KOFFIE-1KG"] = """<path d="M34 12h28l4 10v32H30V22zM30 22h36"/><ellipse cx="48" cy="38" rx="7" ry="10"/><path d="M48 28q-5 5 0 10t0 10"/>""",
        ["BOEK-118"] = """<path d="M30 12h34v40H34q-4 0-4-4zM30 48q0-4 4-4h30M38 22h18M38 28h12"/>""",
        ["THEEDOEK-3"] = """<path d="M26 14h44v36H26zM26 22h44M26 26h44M34 14v36M38 14v36M26 42h44"/>""",
        ["BRAADPAN-28"] = """<path d="M26 30h44v14q0 8-8 8H34q-8 0-8-8zM22 30h52M30 30q2-10 18-10t18 10M48 20v-5M44 15h8M26 36h-8v-4h8M70 36h8v-4h-8"/>""",
        ["PEPER-02"] = """<circle cx="48" cy="14" r="4"/><path d="M42 20q6-4 12 0 4 6-2 12l4 20H40l4-20q-6-6-2-12zM43 32h10M40 46h16"/>""",
        ["LEPEL-1"] = """<ellipse cx="34" cy="22" rx="8" ry="11" transform="rotate(-40 34 22)"/><path d="m40 29 26 24"/>""",
        ["BON-25"] = """<rect x="22" y="16" width="52" height="32" rx="4"/><path d="M40 16v32M22 28h52M40 28q-10-12-12-4 0 4 12 4 10-12 12-4 0 4-12 4"/>""",
        ["PDF-07"] = """<path d="M32 10h22l10 10v34H32zM54 10v10h10M38 28h20M38 34h20M48 40v9M44 46l4 4 4-4"/>""",
        ["KOFFIEBOX"] = """<path d="M26 24h44v28H26zM26 24l8-10h28l8 10M40 14l-2 10M56 14l2 10"/><path d="M38 34h18v6q0 8-9 8t-9-8zM56 36q6 0 4 5t-6 3"/>""",
        ["MAGAZINE"] = """<path d="M28 12h32l6 6v36H34q-6 0-6-6zM28 48q0-4 6-4h32M36 20h18M36 26h18"/><path d="M44 38a6 6 0 1 1 6-6M50 28v4h-4"/>""",
        ["PROEF-0"] = """<path d="M36 26h24v26H36zM36 26l6-6h12l6 6M48 20q-2-8 8-8h10v6h-8"/><path d="M42 36q6 4 12 0"/>"""
    };

    /// <summary>The drawing as inline SVG; a box for products that tests add.</summary>
    /// <param name="sku">The product's number.</param>
    public static IHtmlContent Svg(string sku) => new HtmlString($"{Start}{_drawings.GetValueOrDefault(sku, Box)}</svg>");
}
