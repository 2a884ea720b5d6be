using System.Net;
using System.Net.Http.Headers;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Benchmarks.RealShop;

/// <summary>A request whose answer is measured: sent again and again with the same bytes and the same cookies.</summary>
/// <param name="Shop">The address of the shop.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path.</param>
/// <param name="Cookies">The header <c>Cookie</c>.</param>
/// <param name="Form">The body, a form; null for none.</param>
/// <param name="Expected">The status of the answer.</param>
/// <param name="Contains">What the answer contains; null for anything.</param>
/// <param name="Lacks">What the answer does not contain; null for nothing.</param>
internal sealed record ShopRequest(Uri Shop, HttpMethod Method, string Path, string Cookies, string? Form, HttpStatusCode Expected, string? Contains, string? Lacks)
{
    /// <summary>Sends it once and reads the answer.</summary>
    /// <returns>The text of the answer.</returns>
    /// <exception cref="RealShopException">The answer is not the expected one.</exception>
    public async Task<string> SendAsync(HttpClient client)
    {
        using var message = new HttpRequestMessage(Method, new Uri(Shop, Path));
        message.Headers.TryAddWithoutValidation("Cookie", Cookies);
        if (Form is not null)
            message.Content = new StringContent(Form, new MediaTypeHeaderValue(ShopVisitor.FormType));
        using var answer = await client.SendAsync(message);
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode != Expected)
            throw new RealShopException($"{Method} {message.RequestUri} was answered with {(int)answer.StatusCode} {answer.Headers.Location}, not with {(int)Expected}.");
        if ((Contains is not null && !text.Contains(Contains, StringComparison.Ordinal)) || (Lacks is not null && text.Contains(Lacks, StringComparison.Ordinal)))
        {
            throw new RealShopException(
                $"The answer to {Method} {message.RequestUri} does not contain {Contains ?? "anything"}, or contains {Lacks ?? "nothing"}: {text[..Math.Min(500, text.Length)]}");
        }

        return text;
    }
}

/// <summary>Somebody who visits a real shop as a browser does: keeps cookies and fills in forms.</summary>
internal sealed class ShopVisitor(Uri shop) : IDisposable
{
    /// <summary>The encoding of all forms.</summary>
    public const string FormType = "application/x-www-form-urlencoded";

    private const string Token = "__RequestVerificationToken";

    private readonly CookieContainer _cookies = new();
    private readonly IBrowsingContext _context = BrowsingContext.New();
    private HttpClient? _client;
    private string? _token;

    private HttpClient Client => _client ??= new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AutomaticDecompression = DecompressionMethods.All })
    {
        Timeout = TimeSpan.FromMinutes(3)
    };

    /// <summary>Opens a page.</summary>
    public async Task<IDocument> OpenAsync(string path) => await DocumentAsync(await Client.GetAsync(new Uri(shop, path)));

    /// <summary>Reads what a script of the shop reads.</summary>
    public Task<string> GetAsync(string path) => Client.GetStringAsync(new Uri(shop, path));

    /// <summary>Sends a form to where it belongs.</summary>
    /// <param name="form">The form.</param>
    /// <param name="values">What is filled in; a radio button or an option is named by its value.</param>
    /// <param name="button">The name of the button that is pressed; null for none.</param>
    public async Task<IDocument> SubmitAsync(IHtmlFormElement form, Dictionary<string, string> values, string? button = null)
    {
        var pressed = button is null ? null : form.QuerySelector<IHtmlElement>($"[name='{button}']") ?? throw new RealShopException($"{form.BaseUri} has no button {button}.");
        var body = BodyOf(form, values, pressed);
        return await DocumentAsync(await PostAsync(form.GetSubmission()!.Target.Href, body));
    }

    /// <summary>Sends a form, or anything else that is encoded as one, to an address for scripts.</summary>
    public async Task<string> PostAsync(string path, IHtmlFormElement? form, Dictionary<string, string> values)
    {
        using var answer = await PostAsync(path, Body(form, values));
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new RealShopException($"POST {path} was answered with {(int)answer.StatusCode}.");
    }

    /// <summary>The request that this visitor would send, to be measured.</summary>
    public ShopRequest Request(HttpMethod method, string path, Dictionary<string, string>? form, HttpStatusCode expected, string? contains, string? lacks) =>
        new(shop, method, path, _cookies.GetCookieHeader(new Uri(shop, path)), form is null ? null : Body(null, form), expected, contains, lacks);

    /// <summary>A piece of HTML, in a form.</summary>
    public async Task<IDocument> PieceAsync(string html)
    {
        var document = await _context.OpenAsync(answer => answer.Content($"<form method=post>{html}</form>").Address(shop));
        Remember(document);
        return document;
    }

    /// <summary>The form that has a certain field.</summary>
    public static IHtmlFormElement FormWith(IDocument page, string field) =>
        page.QuerySelector($"[name='{field}']")?.Closest("form") as IHtmlFormElement
        ?? throw new RealShopException($"{page.BaseUri} has no form with {field}: {Words(page.QuerySelectorAll(".field-validation-error, .validation-summary-errors, h1"))}");

    public void Dispose()
    {
        _client?.Dispose();
        _context.Dispose();
    }

    private string Body(IHtmlFormElement? form, Dictionary<string, string> values)
    {
        var body = form is null ? string.Join('&', values.Select(value => $"{Uri.EscapeDataString(value.Key)}={Uri.EscapeDataString(value.Value)}")) : BodyOf(form, values, null);
        return _token is null || body.Contains(Token, StringComparison.Ordinal) ? body : $"{body}&{Token}={Uri.EscapeDataString(_token)}";
    }

    private static string BodyOf(IHtmlFormElement form, Dictionary<string, string> values, IHtmlElement? button)
    {
        foreach (var (name, value) in values)
            Fill([.. form.QuerySelectorAll($"[name='{name}']")], name, value);
        form.Enctype = FormType;
        var submission = (button is null ? form.GetSubmission() : form.GetSubmission(button)) ?? throw new RealShopException($"A form of {form.BaseUri} cannot be sent.");
        using var reader = new StreamReader(submission.Body);
        return reader.ReadToEnd();
    }

    private static void Fill(IReadOnlyList<IElement> fields, string name, string value)
    {
        var choices = fields.OfType<IHtmlInputElement>().Where(input => input.Type is "radio" or "checkbox").ToList();
        foreach (var choice in choices)
            choice.IsChecked = choice.Value == value;
        var found = choices.Exists(choice => choice.IsChecked);
        if (choices.Count == 0 && fields is [IHtmlInputElement input, ..])
            (input.Value, found) = (value, true);
        if (fields is [IHtmlSelectElement select, ..])
            (select.Value, found) = (value, select.Options.Any(option => option.Value == value));
        if (!found)
            throw new RealShopException($"The form does not offer {value} as {name}.");
    }

    private static string Words(IEnumerable<IElement> elements) =>
        string.Join(' ', string.Join(' ', elements.Select(element => element.TextContent)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task<HttpResponseMessage> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue(FormType));
        return await Client.PostAsync(new Uri(shop, path), content);
    }

    private async Task<IDocument> DocumentAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var address = answer.RequestMessage!.RequestUri!;
            if (!answer.IsSuccessStatusCode)
                throw new RealShopException($"{address} was answered with {(int)answer.StatusCode}.");
            var html = await answer.Content.ReadAsStringAsync();
            var document = await _context.OpenAsync(page => page.Content(html).Address(address));
            Remember(document);
            return document;
        }
    }

    private void Remember(IDocument page) => _token = page.QuerySelector<IHtmlInputElement>($"[name='{Token}']")?.Value ?? _token;
}
