using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Sandbox.Testing;

/// <summary>A customer's browser: keeps cookies, does not follow redirects, and sends the token that the admin's forms carry.</summary>
public sealed partial class ShopBrowser : IDisposable
{
    private readonly HttpClient _http;

    public ShopBrowser(Uri url)
    {
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = url, Timeout = TimeSpan.FromMinutes(3) };
    }

    public CookieContainer Cookies { get; } = new();

    public async Task<string> ReadAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));

    /// <summary>Posts the fields and answers where the shop sends the browser next.</summary>
    public async Task<string> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var answer = await SendAsync(path, fields);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return answer.Headers.Location!.ToString();
    }

    public async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await _http.PostAsync(new Uri(path, UriKind.RelativeOrAbsolute), form);
    }

    /// <summary>Posts to an admin page with the token of the form on the given page.</summary>
    public async Task<string> PostFromAsync(string formPage, string path, params (string Name, string Value)[] fields) =>
        await PostAsync(path, [.. fields, await TokenAsync(formPage)]);

    /// <summary>The same for a form that may be refused: answers the page that comes back.</summary>
    public async Task<(HttpStatusCode Status, string Text)> SendFromAsync(string formPage, string path, params (string Name, string Value)[] fields)
    {
        using var answer = await SendAsync(path, [.. fields, await TokenAsync(formPage)]);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    /// <summary>Fills the cart and goes through the checkout up to the last button.</summary>
    public async Task CheckOutAsync(string paymentMethod, int productId = 1, int quantity = 1)
    {
        await PostAsync("Cart/Add", ("productId", $"{productId}"), ("quantity", $"{quantity}"));
        var next = await EnterAddressAsync(paymentMethod);
        if (next.EndsWith("PaymentInfo", StringComparison.Ordinal))
            await PostAsync("Checkout/PaymentInfo");
    }

    /// <summary>Fills in the checkout's first page; answers where the browser is sent.</summary>
    public Task<string> EnterAddressAsync(string paymentMethod, int countryId = 1) =>
        PostAsync("checkout", [.. Address, ("CountryId", $"{countryId}"), ("PaymentMethod", paymentMethod)]);

    /// <summary>What is filled in for an address and its delivery, in the shop's first country where no other is added.</summary>
    public static (string Name, string Value)[] Address =>
    [
        ("FirstName", "Sam"), ("LastName", "de Vries"), ("Email", "sam@customer.example"), ("Phone", "+31 20 000 00 00"), ("Address1", "Voorbeeldkade 12-B"),
        ("Zip", "1234 AB"), ("City", "Voorbeeldstad"), ("Shipping", "Standard delivery")
    ];

    /// <summary>Posts a section of the one-page checkout; answers the section that comes next and its HTML, or "redirect" and where to, or "error" and why.</summary>
    public async Task<(string Section, string Html)> PostSectionAsync(string step, params (string Name, string Value)[] fields)
    {
        using var answer = await SendAsync($"checkout/{step}", fields);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), $"{step}: {text}");
        var json = JsonNode.Parse(text)!;
        return json["update_section"] is { } section ? ((string)section["name"]!, WebUtility.HtmlDecode((string)section["html"]!))
            : json["redirect"] is { } address ? ("redirect", (string)address!)
            : ("error", (string)json["message"]!);
    }

    /// <summary>Presses the last button; answers where the browser is sent.</summary>
    public Task<string> PlaceOrderAsync() => PostAsync("Checkout/Confirm");

    /// <summary>The field of the forms on a page that carries the token.</summary>
    public async Task<(string Name, string Value)> TokenAsync(string formPage) =>
        ("__RequestVerificationToken", Token().Match(await ReadAsync(formPage)).Groups["token"].Value);

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="(?<token>[^"]+)""")]
    private static partial Regex Token();
}
