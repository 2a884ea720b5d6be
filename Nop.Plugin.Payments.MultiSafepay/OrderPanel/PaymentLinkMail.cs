using System.Globalization;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Common;
using Nop.Services.Customers;
using Nop.Services.Helpers;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>Sends a payment link to the customer through nopCommerce's mail queue, with the owner's template, in the language of the order.</summary>
public class PaymentLinkMail(
    IMessageTemplateService templateService,
    IEmailAccountService emailAccountService,
    EmailAccountSettings emailAccountSettings,
    IWorkflowMessageService workflowMessageService,
    IAddressService addressService,
    IStoreService storeService,
    ILanguageService languageService,
    ICustomerService customerService,
    IDateTimeHelper dateTimeHelper)
{
    /// <summary>Queues the e-mail.</summary>
    /// <param name="order">The order.</param>
    /// <param name="attempt">The payment attempt of the link.</param>
    /// <param name="url">The link.</param>
    /// <returns>The e-mail address; null if the order has none, the template is inactive, or the shop has no e-mail account.</returns>
    public async Task<string?> SendAsync(Order order, PaymentAttempt attempt, Uri url)
    {
        var template = (await templateService.GetMessageTemplatesByNameAsync(PaymentLinkTemplate.Name, order.StoreId)).FirstOrDefault(candidate => candidate.IsActive);
        var address = await addressService.GetAddressByIdAsync(order.BillingAddressId);
        if (template is null || string.IsNullOrWhiteSpace(address?.Email) || await AccountAsync(template) is not { } account)
            return null;

        var language = await LanguageAsync(order);
        var culture = CultureOf(language);
        var store = await storeService.GetStoreByIdAsync(order.StoreId);
        var name = $"{address.FirstName} {address.LastName}".Trim();

        // The current user is the owner, whose time zone means nothing to the customer.
        var zone = await dateTimeHelper.GetCustomerTimeZoneAsync(await customerService.GetCustomerByIdAsync(order.CustomerId));
        var ends = TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(attempt.ExpiresUtc, DateTimeKind.Utc), zone);
        List<Token> tokens =
        [
            new("Store.Name", store?.Name ?? string.Empty),
            new("Store.URL", store?.Url ?? string.Empty),
            new("Order.OrderNumber", order.CustomOrderNumber),
            new("Order.CustomerFullName", name),
            new(PaymentLinkTemplate.AmountToken, PanelText.Minor(attempt.Amount, attempt.Currency, culture)),
            new(PaymentLinkTemplate.LinkToken, url.AbsoluteUri),
            new(PaymentLinkTemplate.EndsToken, ends.ToString("f", culture))
        ];
        await workflowMessageService.SendNotificationAsync(template, account, language?.Id ?? order.CustomerLanguageId, tokens, address.Email, name);
        return address.Email;
    }

    private async Task<EmailAccount?> AccountAsync(MessageTemplate template) =>
        await emailAccountService.GetEmailAccountByIdAsync(template.EmailAccountId)
            ?? await emailAccountService.GetEmailAccountByIdAsync(emailAccountSettings.DefaultEmailAccountId)
            ?? (await emailAccountService.GetAllEmailAccountsAsync()).FirstOrDefault();

    private async Task<Language?> LanguageAsync(Order order) =>
        await languageService.GetLanguageByIdAsync(order.CustomerLanguageId) is { Published: true } language
            ? language
            : (await languageService.GetAllLanguagesAsync(storeId: order.StoreId)).FirstOrDefault();

    private static CultureInfo CultureOf(Language? language)
    {
        try
        {
            return CultureInfo.GetCultureInfo(language?.LanguageCulture ?? string.Empty);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.InvariantCulture;
        }
    }
}
