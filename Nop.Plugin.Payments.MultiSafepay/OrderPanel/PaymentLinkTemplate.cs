using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Services.Localization;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>
/// The nopCommerce message template of the e-mail with a payment link. The owner can edit and translate it, limit it to stores and choose its e-mail account.
/// </summary>
public class PaymentLinkTemplate(
    IMessageTemplateService templateService,
    ILanguageService languageService,
    ILocalizedEntityService localizedEntityService)
{
    /// <summary>The name of the template in nopCommerce.</summary>
    public const string Name = "MultiSafepay.PaymentLink";

    /// <summary>The token for the link.</summary>
    public const string LinkToken = "MultiSafepay.PaymentLink";

    /// <summary>The token for the time at which the link expires.</summary>
    public const string EndsToken = "MultiSafepay.PaymentLinkEnds";

    /// <summary>The token for the amount with its currency.</summary>
    public const string AmountToken = "MultiSafepay.Amount";

    /// <summary>The tokens that the template can use, as nopCommerce writes them.</summary>
    public static IReadOnlyList<string> Tokens { get; } =
        ["%Store.Name%", "%Store.URL%", "%Order.OrderNumber%", "%Order.CustomerFullName%", $"%{AmountToken}%", $"%{LinkToken}%", $"%{EndsToken}%"];

    /// <summary>Adds the template in the languages of the shop. An existing template is not changed.</summary>
    public async Task AddAsync()
    {
        if ((await templateService.GetMessageTemplatesByNameAsync(Name)).Count > 0)
            return;

        var languages = await languageService.GetAllLanguagesAsync(showHidden: true);
        var (subject, body) = Words(languages.Count > 0 ? languages[0] : null);
        var template = new MessageTemplate { Name = Name, Subject = subject, Body = body, IsActive = true };
        await templateService.InsertMessageTemplateAsync(template);

        foreach (var language in languages)
        {
            var translated = Words(language);
            if (translated == (subject, body))
                continue;
            await localizedEntityService.SaveLocalizedValueAsync(template, row => row.Subject, translated.Subject, language.Id);
            await localizedEntityService.SaveLocalizedValueAsync(template, row => row.Body, translated.Body, language.Id);
        }
    }

    /// <summary>Removes the template, its copies for stores and its translations.</summary>
    public async Task RemoveAsync()
    {
        var languages = await languageService.GetAllLanguagesAsync(showHidden: true);
        foreach (var template in await templateService.GetMessageTemplatesByNameAsync(Name))
        {
            foreach (var language in languages)
            {
                await localizedEntityService.SaveLocalizedValueAsync(template, row => row.Subject, string.Empty, language.Id);
                await localizedEntityService.SaveLocalizedValueAsync(template, row => row.Body, string.Empty, language.Id);
            }

            await templateService.DeleteMessageTemplateAsync(template);
        }
    }

    private static (string Subject, string Body) Words(Language? language)
    {
        var texts = TextResources.For(language);
        return (texts[$"{MultiSafepayDefaults.ResourcePrefix}.Mail.PaymentLink.Subject"], texts[$"{MultiSafepayDefaults.ResourcePrefix}.Mail.PaymentLink.Body"]);
    }
}
