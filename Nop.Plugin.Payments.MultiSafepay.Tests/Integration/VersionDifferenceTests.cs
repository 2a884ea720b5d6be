using System.Net;
using System.Text.RegularExpressions;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Configuration;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Web.Framework.Controllers;
using NUnit.Framework;
using Sandbox.Shop.Services;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Integration;

/// <summary>What nopCommerce does otherwise from 5.00 on, and what keeps the plugin from depending on it. Which version the shop is like says <c>-p:NopVersion</c>.</summary>
[TestFixture]
[Category(EveryVersion.Category)]
internal sealed partial class VersionDifferenceTests
{
    private const string Page = "Admin/MultiSafepay/Configure";

    private static readonly Type[] _types = typeof(MultiSafepayPaymentMethod).Assembly.GetTypes();

    // From 5.00 on, nopCommerce validates what is posted to controllers that derive from its own, and nothing else.
    [Test]
    public void Every_model_with_a_validator_is_posted_to_a_controller_of_nopCommerce()
    {
        var validated = _types.SelectMany(type => type.GetInterfaces()).Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IValidator<>))
            .Select(face => face.GetGenericArguments()[0]).ToHashSet();
        var takers = _types.Where(type => type.IsAssignableTo(typeof(ControllerBase)))
            .Where(type => type.GetMethods().SelectMany(method => method.GetParameters()).Any(parameter => validated.Contains(parameter.ParameterType))).ToList();

        Assert.That(validated, Is.EqualTo(new[] { typeof(ConfigurationModel) }));
        Assert.That(takers, Is.Not.Empty.And.All.Matches<Type>(type => type.IsAssignableTo(typeof(BaseController))));
    }

    // From 5.00 on, nopCommerce replaces the content of such a label.
    [Test]
    public void No_view_has_a_label_of_a_property() => Assert.That(
        Repository.FilesBelow("Nop.Plugin.Payments.MultiSafepay/Views").Where(file => LabelOfProperty().IsMatch(File.ReadAllText(file))), Is.Empty);

    // From 5.00 on, the metadata of a model does not know the localized names of its properties.
    [Test]
    public async Task Every_label_of_the_configuration_page_has_a_text_and_no_name_of_a_property()
    {
        await using var host = await IntegrationHost.StartAsync();
        var labels = Label().Matches(await host.Browser.ReadAsync(Page)).Select(label => label.Groups["content"].Value).ToList();
        var properties = _types.Where(type => type.Namespace == typeof(ConfigurationModel).Namespace).SelectMany(type => type.GetProperties()).Select(property => property.Name).ToHashSet();
        var texts = labels.Select(label => Element().Replace(label, string.Empty).Trim()).ToList();

        Assert.That(labels, Has.Count.GreaterThan(30).And.None.Contains("<label"));
        Assert.That(texts, Has.None.Empty.And.None.Contains(MultiSafepayDefaults.ResourcePrefix));
        Assert.That(texts.Where(text => !text.Contains(' ', StringComparison.Ordinal) && text.Skip(1).Any(char.IsUpper) && properties.Contains(text)), Is.Empty);
    }

    [Test]
    public async Task Messages_of_invalid_settings_name_no_property()
    {
        await using var host = await IntegrationHost.StartAsync();
        var answer = await host.Browser.SendFromAsync(Page, Page, ("LinkLifetime", "0"), ("TestApiKey", "not one key"), ("NotificationBaseUrl", "http://a b"), ("AuthorizationWarningDays", "-1"),
            ("AdditionalFee", "-1"), ("OrderIdTemplate", "x"), ("ChargeCurrencyId", "9"), ("Methods[0].Gateway", "IDEAL"), ("Methods[0].Min", "5"), ("Methods[0].Max", "1"));
        var messages = Message().Matches(answer.Text).Select(message => (Field: message.Groups["field"].Value, Text: message.Groups["text"].Value.Trim())).ToList();

        Assert.That(messages, Has.Count.GreaterThanOrEqualTo(6));
        Assert.That(messages.Where(message => message.Text.Length == 0 || message.Text.StartsWith('\'')
            || message.Text.Contains(message.Field.Split('.')[^1], StringComparison.Ordinal) || message.Text.Contains("{Property", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task A_value_that_is_no_number_is_reported_in_the_language_of_the_owner()
    {
        await using var host = await IntegrationHost.StartAsync();
        await host.Browser.PostFromAsync(Page, "Admin/Setting/SetLanguage", ("id", "2"), ("returnUrl", "/" + Page));
        var answer = await host.Browser.SendFromAsync(Page, Page, ("LinkLifetime", "a month"), ("AdditionalFee", "1 or 2"), ("AuthorizationWarningDays", "x"), ("LinkLifetimeUnitId", "days"));
        var messages = Message().Matches(answer.Text).Select(message => (Field: message.Groups["field"].Value, Text: WebUtility.HtmlDecode(message.Groups["text"].Value))).ToList();

        Assert.That(messages.Where(message => message.Text.StartsWith("Deze waarde kan niet worden gelezen.", StringComparison.Ordinal)).Select(message => message.Field),
            Is.EquivalentTo(new[] { "LinkLifetime", "AdditionalFee", "AuthorizationWarningDays", "LinkLifetimeUnitId" }));
    }

    // From 5.00 on, whoever asks for the shop's address without a request gets that of whichever store was asked for first.
    [Test]
    public void Only_links_to_the_admin_area_come_from_the_address_of_the_shop() => Assert.That(
        _types.Where(type => type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Any(parameter => parameter.ParameterType.Name == "IWebHelper")),
        Is.EquivalentTo(new[] { typeof(MultiSafepayPaymentMethod), typeof(OwnerWarnings) }));

    [Test]
    public async Task A_payment_that_starts_without_a_request_has_the_URLs_of_its_own_store()
    {
        await using var host = await IntegrationHost.StartAsync();
        using var browser = new ShopBrowser(host.Shop.SecondStoreUrl);
        await browser.CheckOutAsync(MultiSafepayDefaults.SystemName);
        await browser.PlaceOrderAsync();
        var order = (await host.Shop.Database.ListAsync<Nop.Core.Domain.Orders.Order>()).Single();

        await host.Simulator.MoveAsync((await host.RecordAsync(order)).Current!.OrderId, "declined");
        var first = await host.Shop.InScopeAsync(services => Task.FromResult(ActivatorUtilities.CreateInstance<WebHelper>(services).GetStoreLocation()));
        await host.Simulator.DeleteAsync("requests");
        await host.Shop.InScopeAsync(services => services.GetRequiredService<PaymentLinkService>().StartAsync(OrderReference.From(order), CancellationToken.None));

        var options = (await host.LastBodyAsync("POST", "orders"))["payment_options"]!;
        Assert.That(first, Is.EqualTo(host.Shop.Url.AbsoluteUri));
        foreach (var url in new[] { "notification_url", "redirect_url", "cancel_url" })
            Assert.That((string?)options[url], Does.StartWith(host.Shop.SecondStoreUrl.AbsoluteUri), url);
    }

    [GeneratedRegex(@"<label[^>]*\sasp-for")]
    private static partial Regex LabelOfProperty();

    [GeneratedRegex("<label[^>]*>(?<content>.*?)</label>", RegexOptions.Singleline)]
    private static partial Regex Label();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Element();

    [GeneratedRegex("""<span class="[^"]*field-validation-error"[^>]*data-valmsg-for="(?<field>[^"]+)"[^>]*>(?<text>[^<]*)""")]
    private static partial Regex Message();
}
