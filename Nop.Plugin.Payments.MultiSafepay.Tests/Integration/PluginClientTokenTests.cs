using Nop.Plugin.Payments.MultiSafepay.Api;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Integration;

/// <summary>The plugin's client and the simulator, written apart, understand each other about stored payment details.</summary>
[TestFixture]
internal sealed class PluginClientTokenTests : SimulatorFixture
{
    private const string Reference = "4f1d6c2e-reference";

    private static readonly ApiCredentials _credentials = new(MultiSafepayEnvironment.Test, SimulatorRun.Key);

    private static readonly HttpClient _http = new();

    private MultiSafepayClient Client => new(_http, ApiEndpoints.From(new Uri(Run.Url, "v1/json/").ToString()), TimeProvider.System);

    [SetUp]
    public Task AllowAsync() => Run.AllowRecurringAsync();

    private OrderRequest Request(string orderId, string? token = null) => new()
    {
        Type = token is null ? OrderType.Redirect : OrderType.Direct,
        OrderId = orderId,
        Gateway = token is null ? "MASTERCARD" : null,
        Currency = "EUR",
        Amount = 1234,
        Description = "Test order",
        RecurringModel = RecurringModel.CardOnFile,
        RecurringId = token,
        PaymentOptions = new() { NotificationUrl = Run.Shop.Url + "notify", NotificationMethod = "POST" },
        Customer = new() { IpAddress = "203.0.113.7", FirstName = "Ann", Country = "NL", Reference = Reference }
    };

    [Test]
    public async Task A_card_is_stored_used_renewed_and_removed()
    {
        Assert.That(await Client.GetTokensAsync(_credentials, Reference, CancellationToken.None), Is.Empty);
        var methods = await Client.GetPaymentMethodsAsync(_credentials, new(), CancellationToken.None);
        Assert.That(methods.Single(method => method.Id == "MASTERCARD").Tokenization, Is.EqualTo(new Tokenization { IsEnabled = true, Models = new TokenizationModels { CardOnFile = true } }));

        var first = await Client.CreateOrderAsync(_credentials, Request("order-1"), CancellationToken.None);
        Assert.That((first.PaymentUrl.Length > 0, first.Transaction), Is.EqualTo((true, (Transaction?)null)));
        await Run.MoveAsync("order-1", "completed");
        var token = (await Client.GetTokensAsync(_credentials, Reference, CancellationToken.None)).Single();
        Assert.That((token.Code, token.Last4, token.ExpiryDate, token.IsExpired, token.Model), Is.EqualTo(("MASTERCARD", "0004", "3012", false, RecurringModel.CardOnFile)));
        var paid = (await Client.GetOrderAsync(_credentials, "order-1", CancellationToken.None)).PaymentDetails!;
        Assert.That((paid.RecurringId, paid.RecurringModel, paid.Last4, paid.CardExpiryDate), Is.EqualTo((token.Token, RecurringModel.CardOnFile, "0004", "3012")));

        var second = await Client.CreateOrderAsync(_credentials, Request("order-2", token.Token), CancellationToken.None);
        Assert.That((second.PaymentUrl, second.Transaction!.Status, second.Transaction.Amount), Is.EqualTo(("", TransactionStatus.Completed, 1234L)));

        await Run.ExpireTokenAsync(token.Token);
        Assert.That((await Client.GetTokenAsync(_credentials, Reference, token.Token, CancellationToken.None))!.IsExpired, Is.True);
        await Client.UpdateTokenAsync(_credentials, Reference, token.Token, "3503", CancellationToken.None);
        Assert.That((await Client.GetTokenAsync(_credentials, Reference, token.Token, CancellationToken.None))!.ExpiryDate, Is.EqualTo("3503"));

        Assert.That(await Client.RemoveTokenAsync(_credentials, Reference, token.Token, CancellationToken.None), Is.True);
        Assert.That(await Client.RemoveTokenAsync(_credentials, Reference, token.Token, CancellationToken.None), Is.False);
        Assert.That(await Client.GetTokenAsync(_credentials, Reference, token.Token, CancellationToken.None), Is.Null);
        var gone = Assert.ThrowsAsync<MultiSafepayApiException>(() => Client.CreateOrderAsync(_credentials, Request("order-3", token.Token), CancellationToken.None));
        Assert.That((gone!.Code, gone.OutcomeUnknown), Is.EqualTo((MultiSafepayErrorCodes.General, false)));
    }

    [TestCase("completed", "completed", null, false)]
    [TestCase("uncleared", "uncleared", null, false)]
    [TestCase("authenticate", "initialized", null, true)]
    [TestCase("declined", "declined", "4002", false)]
    public async Task Every_outcome_of_a_payment_by_token_is_read(string outcome, string status, string? reasonCode, bool hasPage)
    {
        await Run.PlanTokenPaymentAsync(outcome, reasonCode is null ? null : 4002);
        var created = await Client.CreateOrderAsync(_credentials, Request("order-1", await Run.AddTokenAsync(Reference)), CancellationToken.None);
        Assert.That((created.Transaction!.Status, created.PaymentUrl.Length > 0), Is.EqualTo((status, hasPage)));
        Assert.That(created.Transaction.ReasonCode, reasonCode is null ? Is.Null.Or.Empty : Is.EqualTo(reasonCode));
    }

    [Test]
    public async Task A_decline_as_an_error_keeps_its_code()
    {
        await Run.ShapeAsync("declined_token_is_error");
        await Run.PlanTokenPaymentAsync("declined", 4005);
        var token = await Run.AddTokenAsync(Reference);
        var declined = Assert.ThrowsAsync<MultiSafepayApiException>(() => Client.CreateOrderAsync(_credentials, Request("order-1", token), CancellationToken.None));
        Assert.That((declined!.Code, declined.IsTransient, declined.OutcomeUnknown), Is.EqualTo((MultiSafepayErrorCodes.Declined, false, false)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_long_list_is_read_whole_in_either_form(bool digitsAreText)
    {
        if (digitsAreText)
            await Run.ShapeAsync("token_digits_are_text");
        for (var i = 0; i < 120; i++)
            await Run.AddTokenAsync(Reference, new() { ["last4"] = i.ToString("0000", System.Globalization.CultureInfo.InvariantCulture) });
        var tokens = await Client.GetTokensAsync(_credentials, Reference, CancellationToken.None);
        Assert.That(tokens.Select(token => token.Last4), Is.EqualTo(Enumerable.Range(0, 120).Select(number => number.ToString("0000", System.Globalization.CultureInfo.InvariantCulture))));
    }
}
