using System.Globalization;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Services.Common;
using Nop.Services.Customers;
using Nop.Services.Helpers;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

/// <summary>The language and the time zone of the customer who gets an e-mail.</summary>
/// <param name="Culture">The culture of the order's language.</param>
/// <param name="TimeZone">The customer's time zone: the current user may be the owner, whose time zone means nothing to the customer.</param>
public sealed record MailLocale(CultureInfo Culture, TimeZoneInfo TimeZone)
{
    /// <summary>Writes a time for the customer, with its date in full.</summary>
    /// <param name="utc">The time, in UTC.</param>
    public string Time(DateTime utc) => Local(utc).ToString("f", Culture);

    /// <summary>Writes a date for the customer in full.</summary>
    /// <param name="utc">The time, in UTC.</param>
    public string Date(DateTime utc) => Local(utc).ToString("D", Culture);

    private DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), TimeZone);
}

/// <summary>Sends e-mails to customers through nopCommerce's mail queue, with the owner's template (<see cref="CustomerMailTemplates"/>), in the language of the order.</summary>
public class CustomerMail(
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
    /// <summary>Queues an e-mail to the customer of an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="name">The name of the template.</param>
    /// <param name="tokens">The values of the template's own tokens.</param>
    /// <returns>The e-mail address; null if the order has none, the template is inactive, or the shop has no e-mail account.</returns>
    public async Task<string?> SendAsync(Order order, string name, Func<MailLocale, IEnumerable<Token>> tokens)
    {
        var template = (await templateService.GetMessageTemplatesByNameAsync(name, order.StoreId)).FirstOrDefault(candidate => candidate.IsActive);
        var address = await addressService.GetAddressByIdAsync(order.BillingAddressId);
        if (template is null || string.IsNullOrWhiteSpace(address?.Email) || await AccountAsync(template) is not { } account)
            return null;

        var language = await LanguageAsync(order);
        var store = await storeService.GetStoreByIdAsync(order.StoreId);
        var customer = $"{address.FirstName} {address.LastName}".Trim();
        var locale = new MailLocale(CultureOf(language), await dateTimeHelper.GetCustomerTimeZoneAsync(await customerService.GetCustomerByIdAsync(order.CustomerId)));
        List<Token> all =
        [
            new("Store.Name", store?.Name ?? string.Empty),
            new("Store.URL", store?.Url ?? string.Empty),
            new("Order.OrderNumber", order.CustomOrderNumber),
            new("Order.CustomerFullName", customer),
            .. tokens(locale)
        ];
        await workflowMessageService.SendNotificationAsync(template, account, language?.Id ?? order.CustomerLanguageId, all, address.Email, customer);
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
