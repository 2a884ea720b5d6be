using System.Net;
using System.Text.RegularExpressions;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.OrderPanel;

/// <summary>The panel as its script sees it: the card in the order page, its token, and what the buttons answer.</summary>
internal static partial class PanelPages
{
    /// <summary>The admin's order page, as it is drawn before any script runs.</summary>
    public static Task<string> OrderPageAsync(this IntegrationHost host, Order order) => host.Browser.ReadAsync($"Admin/Order/Edit/{order.Id}");

    /// <summary>What the script fetches when the page is there.</summary>
    public static Task<PanelPage> PanelAsync(this IntegrationHost host, Order order, bool withScript = true) =>
        host.SendAsync(HttpMethod.Get, $"Admin/MultiSafepayPanel/Show/{order.Id}", null, withScript);

    /// <summary>Presses a button of the panel.</summary>
    public static async Task<PanelPage> PressAsync(this IntegrationHost host, string action, Order order, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await host.OrderPageAsync(order)).Groups["token"].Value;
        Assert.That(token, Is.Not.Empty, "the card has a token");
        return await host.PressAsync(action, order, token, fields);
    }

    /// <summary>Presses a button with a token of one's own, or none.</summary>
    public static Task<PanelPage> PressAsync(this IntegrationHost host, string action, Order order, string? token, params (string Name, string Value)[] fields) =>
        host.SendAsync(HttpMethod.Post, $"Admin/MultiSafepayPanel/{action}/{order.Id}", [.. fields, .. token is null ? Array.Empty<(string, string)>() : [("__RequestVerificationToken", token)]],
            true);

    private static async Task<PanelPage> SendAsync(this IntegrationHost host, HttpMethod method, string path, IReadOnlyList<(string Name, string Value)>? fields, bool withScript)
    {
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = host.Browser.Cookies, AllowAutoRedirect = false }) { BaseAddress = host.Shop.Url };
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (withScript)
            request.Headers.Add("X-Requested-With", "XMLHttpRequest");
        if (fields is not null)
            request.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await client.SendAsync(request);
        return new PanelPage(answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("data-token=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();
}

/// <summary>The panel as it came over the wire.</summary>
internal sealed partial record PanelPage(HttpStatusCode Status, string Html)
{
    /// <summary>What people read.</summary>
    public string Text => WebUtility.HtmlDecode(Tag().Replace(Html, " "));

    public string State => Element("multisafepay-state");

    public string Means => Element("multisafepay-means");

    public string Problem => Element("multisafepay-problem");

    /// <summary>The sentence on what was done, and whether it is an error.</summary>
    public (string Text, bool IsError) Answer => AnswerElement().Match(Html) is { Success: true } match
        ? (WebUtility.HtmlDecode(match.Groups["text"].Value), match.Groups["look"].Value == "danger")
        : (string.Empty, false);

    /// <summary>The buttons that can be pressed.</summary>
    public IReadOnlyList<string> Buttons => [.. Button().Matches(Html).Select(match => match.Groups["action"].Value)];

    /// <summary>The facts: their labels, and their values with the details in brackets.</summary>
    public IReadOnlyDictionary<string, string> Facts => FactElement().Matches(Html).ToDictionary(
        match => WebUtility.HtmlDecode(match.Groups["label"].Value),
        match => string.Join(' ', WebUtility.HtmlDecode(Tag().Replace(match.Groups["value"].Value, " ")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    public string Element(string id)
    {
        var match = Regex.Match(Html, $"id=\"{id}\"[^>]*>(?<text>.*?)</(span|div|p|dl|ol|input|textarea)>", RegexOptions.Singleline);
        return WebUtility.HtmlDecode(Tag().Replace(match.Groups["text"].Value, " ")).Trim();
    }

    /// <summary>The value of an input field.</summary>
    public string Value(string id) => WebUtility.HtmlDecode(Regex.Match(Html, $"id=\"{id}\"[^>]*? value=\"(?<value>[^\"]*)\"").Groups["value"].Value);

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex("<dt[^>]*>(?<label>[^<]*)</dt>\\s*<dd[^>]*>(?<value>.*?)</dd>", RegexOptions.Singleline)]
    private static partial Regex FactElement();

    [GeneratedRegex("data-multisafepay-answer class=\"alert alert-(?<look>\\w+)\"[^>]*>(?<text>[^<]*)<")]
    private static partial Regex AnswerElement();

    [GeneratedRegex("data-multisafepay-action=\"(?<action>[^\"]+)\"")]
    private static partial Regex Button();
}
