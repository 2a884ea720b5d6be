using System.Net;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>A browser, for one visit at one node. Its cookies outlive it.</summary>
internal sealed class Visitor(Node node, CookieContainer cookies)
{
    private static readonly Uri _shop = new("http://localhost/");

    /// <summary>Posts a form; answers where the browser is sent.</summary>
    public Task<string> PostAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(_shop, path)) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) });

    public Task<string> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_shop, path)));

    /// <summary>Fills the cart and goes through the checkout; answers where the browser is sent at last.</summary>
    /// <param name="currencyId">The currency that the customer chooses first.</param>
    /// <param name="productId">What is bought.</param>
    /// <param name="quantity">How much of it.</param>
    /// <param name="choice">The fields of the payment step that tell how the customer pays; none for the payment page.</param>
    /// <param name="beforeOrder">What happens between the payment step and the last button.</param>
    public async Task<string> BuyAsync(int currencyId, int productId, int quantity, IReadOnlyList<(string Name, string Value)>? choice = null, Func<Task>? beforeOrder = null)
    {
        await PostAsync("Home/SetCurrency", ("id", $"{currencyId}"));
        await PostAsync("Cart/Add", ("productId", $"{productId}"), ("quantity", $"{quantity}"));
        var next = await PostAsync("checkout", ("FirstName", "Sam"), ("LastName", "de Vries"), ("Email", "sam@customer.example"), ("Phone", "+31 20 000 00 00"),
            ("Address1", "Voorbeeldkade 12-B"), ("Zip", "1234 AB"), ("City", "Voorbeeldstad"), ("CountryId", "1"), ("Shipping", "Standard delivery"),
            ("PaymentMethod", MultiSafepayDefaults.SystemName));
        if (next.EndsWith("PaymentInfo", StringComparison.Ordinal))
            await PostAsync("Checkout/PaymentInfo", [.. choice ?? []]);
        if (beforeOrder is not null)
            await beforeOrder();
        return await PostAsync("Checkout/Confirm");
    }

    /// <summary>nopCommerce runs the scheduled task by a request to itself.</summary>
    public Task<string> RunTaskAsync() => PostAsync("scheduletask/runtask", ("taskType", typeof(ReconciliationTask).FullName!));

    private async Task<string> SendAsync(HttpRequestMessage request)
    {
        using var sent = request;
        if (cookies.GetCookieHeader(_shop) is { Length: > 0 } header)
            request.Headers.Add("Cookie", header);
        using var answer = await node.SendAsync(request, CancellationToken.None);
        if (answer.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var cookie in set)
                cookies.SetCookies(_shop, cookie);
        }

        // Whatever happens, a customer gets a page.
        return answer.StatusCode switch
        {
            HttpStatusCode.Redirect => answer.Headers.Location!.ToString(),
            HttpStatusCode.OK or HttpStatusCode.NoContent => string.Empty,
            _ => throw new InvalidOperationException($"{request.Method} {request.RequestUri} was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}")
        };
    }
}
