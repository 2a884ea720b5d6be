using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.SavedCards;

/// <summary>The cards in the customer's account, and their end with the account.</summary>
internal sealed class SavedCardAccountTests : SavedCardsFixture
{
    [Test]
    public async Task The_account_lists_the_cards_and_deletes_one_at_MultiSafepay()
    {
        Assert.That(await Host.Browser.ReadAsync("customer/info"), Does.Contain($"/{CardsPage}\">Saved cards<"));
        Assert.That(await Host.Browser.ReadAsync(CardsPage), Does.Contain("You have no saved cards.").And.Contain("<title>Saved cards</title>")
            .And.Contain("class=\"list-group-item list-group-item-action active multisafepay-cards\""));

        var (token, choice) = await SaveCardAsync(new JsonObject { ["last4"] = "0004", ["expiry_date"] = "4512" });
        var (kept, _) = await SaveCardAsync(new JsonObject { ["code"] = "MASTERCARD", ["last4"] = "1111" });
        await Host.Simulator.ExpireTokenAsync(kept);
        Host.Simulator.Time.Advance(SavedCardSource.FreshForAccount);
        Assert.That(await Host.Browser.ReadAsync(CardsPage), Does.Contain("Visa •••• 0004").And.Contain("Valid until 12/45").And.Contain("Mastercard •••• 1111").And.Contain("This card has expired."));

        Assert.That(await DeleteAsync(choice), Does.EndWith(CardsPage));
        Assert.That((await Host.Simulator.TokensAsync()).Select(one => (string?)one!["token"]), Is.EqualTo(new[] { kept }).And.No.Member(token));
        Assert.That(await Host.Browser.ReadAsync(CardsPage), Does.Contain("The card has been deleted.").And.Not.Contain("0004").And.Contain("1111"), "at once");
        Assert.That(await EnterAsync(), Does.Not.Contain(choice));

        await DeleteAsync(choice);
        Assert.That(await Host.Browser.ReadAsync(CardsPage), Does.Contain("The card has been deleted."), "it was gone before");
    }

    [Test]
    public async Task Nobody_else_lists_or_deletes_them()
    {
        var (_, choice) = await SaveCardAsync();
        using var guest = Host.Shop.NewBrowser();
        using var stranger = Host.Shop.NewBrowser();
        await SignInAsync(stranger, "eve@customer.example");

        using var refused = await guest.GetAsync(CardsPage);
        Assert.That((refused.StatusCode, refused.Headers.Location!.AbsolutePath), Is.EqualTo((HttpStatusCode.Redirect, "/login")));
        Assert.That(await stranger.ReadAsync(CardsPage), Does.Contain("You have no saved cards."));
        await stranger.PostFromAsync("customer/info", CardsPage, ("cardId", choice["card:".Length..]));
        using var forged = await Host.Browser.SendAsync(CardsPage, ("cardId", choice["card:".Length..]));
        Assert.That(forged.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), "no token of the form");
        Assert.That(await Host.Simulator.TokensAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task While_MultiSafepay_is_down_the_account_says_so_and_nothing_is_lost()
    {
        var (_, choice) = await SaveCardAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 503, ["path"] = "recurring/*", ["times"] = 1000 });
        Assert.That(await Host.Browser.ReadAsync(CardsPage), Does.Contain("cannot be shown at the moment"));
        await DeleteAsync(choice);
        Assert.That(await Host.Browser.ReadAsync(CardsPage), Does.Contain("The card could not be deleted at the moment."));

        await Host.Simulator.DeleteAsync("faults");
        Host.Simulator.Time.Advance(SavedCardSource.FreshForAccount);
        Assert.That(await Host.Browser.ReadAsync(CardsPage), Does.Contain("Visa ••••"));
    }

    [Test]
    public async Task When_the_owner_turns_it_off_customers_can_still_delete_what_they_saved()
    {
        var (_, choice) = await SaveCardAsync();
        await Host.SetAsync(settings => settings.SaveCards = false);
        Assert.That(await Host.Browser.ReadAsync("customer/info"), Does.Contain(CardsPage));
        await DeleteAsync(choice);
        Assert.That(await Host.Simulator.TokensAsync(), Is.Empty);

        using var other = Host.Shop.NewBrowser();
        await SignInAsync(other, "eve@customer.example");
        Assert.That(await other.ReadAsync("customer/info"), Does.Not.Contain(CardsPage));
    }

    [Test]
    public async Task The_cards_of_a_deleted_account_are_deleted_at_MultiSafepay([Values] bool isDown)
    {
        await SaveCardAsync();
        await SaveCardAsync(new JsonObject { ["model"] = "subscription" });
        if (isDown)
            await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 503, ["path"] = "recurring/*", ["times"] = 1000 });
        await Host.Browser.PostAsync("Customer/Delete");

        if (isDown)
        {
            Assert.That(await ReferenceAsync(), Is.Not.Null);
            await RunTaskAsync();
            Assert.That(await Host.Simulator.TokensAsync(), Has.Count.EqualTo(2), "it is still down");
            await Host.Simulator.DeleteAsync("faults");
            await RunTaskAsync();
        }

        Assert.That(await Host.Simulator.TokensAsync(), Is.Empty);
        Assert.That(await ReferenceAsync(), Is.Null);
        Assert.That((await Host.WarningsAsync()).Count(warning => warning.Contains("deleted customer", StringComparison.Ordinal)), Is.EqualTo(isDown ? 2 : 0));
    }

    [Test]
    public async Task Somebody_who_acts_in_the_name_of_a_customer_is_offered_no_card()
    {
        var customer = await CustomerAsync();
        var settings = new MultiSafepaySettings { SaveCards = true };
        foreach (var (owner, expected) in new[] { ((Customer?)null, true), (new Customer { Id = 1 }, false) })
        {
            var workContext = new Mock<IWorkContext>();
            workContext.Setup(context => context.GetCurrentCustomerAsync()).ReturnsAsync(customer);
            workContext.Setup(context => context.OriginalCustomerIfImpersonated).Returns(owner!);
            Assert.That(await Host.Shop.InScopeAsync(services => ActivatorUtilities.CreateInstance<CustomerCards>(services, workContext.Object).AreOfferedAsync(settings)), Is.EqualTo(expected));
        }
    }

    private Task<string> DeleteAsync(string choice) => Host.Browser.PostFromAsync("customer/info", CardsPage, ("cardId", choice["card:".Length..]));

    private Task RunTaskAsync() => Host.Shop.InScopeAsync(services => services.GetRequiredService<ReconciliationTask>().ExecuteAsync());
}
