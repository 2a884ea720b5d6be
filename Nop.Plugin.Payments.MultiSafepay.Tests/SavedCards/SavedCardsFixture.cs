using System.Text.Json.Nodes;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.SavedCards;

/// <summary>A shop whose customers can save cards, and a customer who is signed in.</summary>
internal abstract class SavedCardsFixture : IntegrationFixture
{
    protected const string Step = "Checkout/PaymentInfo";
    protected const string CardsPage = MultiSafepayDefaults.Routes.SavedCards;

    [SetUp]
    public async Task SignInAsync()
    {
        await Host.Simulator.AllowRecurringAsync();
        await Host.SetAsync(settings => (settings.SaveCards, settings.GroupCards) = (true, false));
        await Host.LoadMethodsAsync();
        await SignInAsync(Host.Browser, "sam@customer.example");
    }

    protected static Task SignInAsync(ShopBrowser browser, string email) => browser.PostAsync("login", ("email", email));

    protected async Task<Customer> CustomerAsync(string email = "sam@customer.example") =>
        (await Host.Shop.Database.ListAsync<Customer>(customer => customer.Email == email)).Single();

    protected async Task<string?> ReferenceAsync() =>
        (await Host.Shop.Database.ListAsync<MultiSafepayCustomerReference>()).SingleOrDefault()?.Reference;

    /// <summary>A card that the customer saved before.</summary>
    /// <returns>The token, and the value of the card's radio button.</returns>
    protected async Task<(string Token, string Choice)> SaveCardAsync(JsonObject? more = null)
    {
        var customer = await CustomerAsync();
        if (await ReferenceAsync() is not { } reference)
        {
            reference = Guid.NewGuid().ToString("N");
            await Host.Shop.Database.InsertAsync(new MultiSafepayCustomerReference { CustomerId = customer.Id, Reference = reference });
        }

        var token = await Host.Simulator.AddTokenAsync(reference, more);
        var card = SavedCard.From(new() { Token = token, Code = "VISA" }, reference, DateOnly.MinValue)!;
        return (token, CustomerFields.CardPrefix + card.Id);
    }

    /// <summary>The value of the first saved card in a payment step.</summary>
    protected static string ChoiceIn(string page)
    {
        var start = page.IndexOf($"value=\"{CustomerFields.CardPrefix}", StringComparison.Ordinal) + "value=\"".Length;
        return page[start..page.IndexOf('"', start)];
    }

    /// <summary>Goes to the payment step and returns it.</summary>
    protected async Task<string> EnterAsync(ShopBrowser? browser = null)
    {
        browser ??= Host.Browser;
        await browser.PostAsync("Cart/Add", ("productId", "1"), ("quantity", "1"));
        await browser.EnterAddressAsync(MultiSafepayDefaults.SystemName);
        return await browser.ReadAsync(Step);
    }

    /// <summary>Chooses in the payment step and places the order.</summary>
    protected async Task<(Order Order, string Location)> BuyAsync(string choice, params (string Name, string Value)[] more)
    {
        await EnterAsync();
        await Host.Browser.PostAsync(Step, [(CustomerFields.MethodField, choice), .. more]);
        var location = await Host.Browser.PlaceOrderAsync();
        return ((await Host.Shop.Database.ListAsync<Order>()).MaxBy(order => order.Id)!, location);
    }

    protected async Task<IReadOnlyList<JsonNode>> OrdersSentAsync() =>
        [.. (await Host.Simulator.ListAsync("requests")).Where(request => (string)request!["method"]! == "POST" && (string)request["path"]! == "/v1/json/orders").Select(request => request!["body"]!)];
}
