using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;
using Nop.Plugin.Payments.MultiSafepay.Synchronization.ReturnPage;
using Nop.Services.Security;
using Nop.Web.Framework;
using Nop.Web.Framework.Mvc.Filters;
using NUnit.Framework;
using Sandbox.Shop;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security;

/// <summary>Every action of the plugin, found by reflection, so that one that is added tomorrow is tried too: ten are public, the others want a login, a permission and, by POST, a token.</summary>
[TestFixture]
internal sealed class AdminAccessTests : SecurityFixture
{
    private string[]? _granted;

    private static IEnumerable<MethodInfo> Actions => typeof(MultiSafepayPaymentMethod).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ControllerBase)) && !type.IsAbstract)
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly));

    private static IEnumerable<MethodInfo> AdminActions => Actions.Where(action => action.DeclaringType!.IsDefined(typeof(AreaAttribute)));

    protected override ShopOptions Configure(ShopOptions options) =>
        options with { ConfigureServices = services => services.Replace(ServiceDescriptor.Scoped<IPermissionService>(_ => new Granting(() => _granted))) };

    [Test]
    public void Exactly_ten_controller_actions_are_public() => Assert.That(
        Actions.Except(AdminActions).Select(action => $"{action.DeclaringType!.Name}.{action.Name}"), Is.EquivalentTo(new[]
        {
            $"{nameof(MultiSafepayWebhookController)}.{nameof(MultiSafepayWebhookController.MultiSafepayNotification)}",
            $"{nameof(MultiSafepayWebhookController)}.{nameof(MultiSafepayWebhookController.MultiSafepayHint)}",
            $"{nameof(MultiSafepayReturnController)}.{nameof(MultiSafepayReturnController.MultiSafepayReturn)}",
            $"{nameof(MultiSafepayReturnController)}.{nameof(MultiSafepayReturnController.MultiSafepayCancel)}",
            $"{nameof(MultiSafepayRetryController)}.{nameof(MultiSafepayRetryController.MultiSafepayRetry)}",
            $"{nameof(MultiSafepayCartController)}.{nameof(MultiSafepayCartController.MultiSafepayCart)}",
            $"{nameof(MultiSafepayCardsController)}.{nameof(MultiSafepayCardsController.MultiSafepayCards)}",
            $"{nameof(MultiSafepayCardsController)}.{nameof(MultiSafepayCardsController.MultiSafepayDeleteCard)}",
            $"{nameof(MultiSafepayMySubscriptionsController)}.{nameof(MultiSafepayMySubscriptionsController.MultiSafepayMySubscriptions)}",
            $"{nameof(MultiSafepayMySubscriptionsController)}.{nameof(MultiSafepayMySubscriptionsController.MultiSafepayChangeCard)}",
        }));

    [TestCaseSource(nameof(AdminActions))]
    public void Each_admin_action_requires_the_admin_area_an_antiforgery_token_and_a_permission(MethodInfo action) => Assert.Multiple(() =>
    {
        var controller = action.DeclaringType!;
        Assert.That(controller.GetCustomAttribute<AuthorizeAdminAttribute>()?.IgnoreFilter, Is.False);
        Assert.That(controller.GetCustomAttribute<AreaAttribute>()?.RouteValue, Is.EqualTo(AreaNames.ADMIN));
        Assert.That(controller.IsDefined(typeof(AutoValidateAntiforgeryTokenAttribute)), Is.True);
        Assert.That(action.GetCustomAttributes<CheckPermissionAttribute>().Count(), Is.EqualTo(1));
        Assert.That(action.GetCustomAttributes<HttpMethodAttribute>().SelectMany(verb => verb.HttpMethods).ToList(), Is.EqualTo(new[] { "GET" }).Or.EqualTo(new[] { "POST" }));
        Assert.That(action.IsDefined(typeof(IgnoreAntiforgeryTokenAttribute)), Is.False);
    });

    [Test]
    public async Task An_admin_action_without_login_or_permission_is_rejected()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        foreach (var action in AdminActions)
            foreach (var granted in (string[][])[[], [StandardPermission.Security.ACCESS_ADMIN_PANEL], [PermissionOf(action)]])
            {
                _granted = granted;
                await IsRefusedAsync(action, order, VerbOf(action));
            }
    }

    [Test]
    public async Task A_POST_action_requires_the_antiforgery_token_and_rejects_GET()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        foreach (var action in AdminActions.Where(action => VerbOf(action) == HttpMethod.Post))
        {
            _granted = [StandardPermission.Security.ACCESS_ADMIN_PANEL, PermissionOf(action)];
            await IsRefusedAsync(action, order, HttpMethod.Post);
            foreach (var header in new[] { "X-Requested-With: XMLHttpRequest", "RequestVerificationToken: forged", "X-HTTP-Method-Override: POST", "Origin: null" })
            {
                await IsRefusedAsync(action, order, HttpMethod.Post, header);
                if (action.DeclaringType!.GetMethods().Count(other => other.Name == action.Name) == 1)
                    await IsRefusedAsync(action, order, HttpMethod.Get, header);
            }
        }
    }

    /// <summary>What a page of another site can make a signed-in owner's browser fetch.</summary>
    [Test]
    public async Task A_GET_action_changes_nothing()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        foreach (var action in AdminActions.Where(action => VerbOf(action) == HttpMethod.Get))
        {
            _granted = [StandardPermission.Security.ACCESS_ADMIN_PANEL, PermissionOf(action)];
            var (writes, calls) = (Host.Shop.Database.Writes, await WritingCallsAsync());
            using var answer = await SendAsync(action, order, HttpMethod.Get);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), action.Name);
            Assert.That((Host.Shop.Database.Writes - writes, await WritingCallsAsync() - calls), Is.EqualTo((0L, 0)), action.Name);
        }
    }

    private async Task IsRefusedAsync(MethodInfo action, Order order, HttpMethod verb, string? header = null)
    {
        var before = await StateAsync();
        using var answer = await SendAsync(action, order, verb, header);
        Assert.That((int)answer.StatusCode, Is.Not.InRange(200, 299), $"{verb} {action.Name} {header}");
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Not.Contain(order.CustomOrderNumber + "</").And.Not.Contain("data-multisafepay"));
        Assert.That(await StateAsync(), Is.EqualTo(before), "nothing was done");

        // Not the writes: a refusal that the sandbox cannot show as a page is an error in its log.
        async Task<string> StateAsync() => string.Join('|', (await Host.ApiCallsAsync()).Count, (await Host.RecordAsync(order)).ToJson(),
            (await Host.NotesAsync(order)).Count, Host.Shop.Database.Mails.All.Count, (await Host.Shop.Database.ListAsync<Nop.Core.Domain.Configuration.Setting>()).Count);
    }

    private Task<HttpResponseMessage> SendAsync(MethodInfo action, Order order, HttpMethod verb, string? header = null)
    {
        var request = new HttpRequestMessage(verb, new Uri(Host.Shop.Url, $"Admin/{action.DeclaringType!.Name[..^"Controller".Length]}/{action.Name}/{order.Id}"));
        if (header is not null)
            request.Headers.Add(header.Split(": ")[0], header.Split(": ")[1]);
        if (verb == HttpMethod.Post)
            request.Content = new FormUrlEncodedContent(
                new Dictionary<string, string> { ["id"] = $"{order.Id}", ["storeId"] = "1", ["environment"] = "Test", ["invoiceUrl"] = "https://shop.example/1" });
        return Host.SendAsync(request);
    }

    private async Task<int> WritingCallsAsync() => (await Host.ApiCallsAsync()).Count(call => !call.StartsWith("GET", StringComparison.Ordinal));

    private static string PermissionOf(MethodInfo action) => action.GetCustomAttribute<CheckPermissionAttribute>()!.PermissionSystemName.Single();

    private static HttpMethod VerbOf(MethodInfo action) => new(action.GetCustomAttribute<HttpMethodAttribute>()!.HttpMethods.Single());

    /// <summary>Grants what the test says, and everything before it says something.</summary>
    private sealed class Granting(Func<string[]?> granted) : IPermissionService
    {
        public Task<bool> AuthorizeAsync(string permissionRecordSystemName) =>
            Task.FromResult(granted()?.Contains(permissionRecordSystemName) ?? true);

        public Task<bool> AuthorizeAsync(string permissionRecordSystemName, Customer customer) => AuthorizeAsync(permissionRecordSystemName);
    }
}
