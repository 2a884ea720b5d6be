using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Services.Localization;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

/// <summary>
/// The nopCommerce message templates of the plugin's e-mails to customers. The owner can edit and translate them, turn them off, limit them to stores and choose their e-mail account.
/// </summary>
public class CustomerMailTemplates(
    IMessageTemplateService templateService,
    ILanguageService languageService,
    ILocalizedEntityService localizedEntityService)
{
    /// <summary>The template of the e-mail with a payment link.</summary>
    public const string PaymentLink = "MultiSafepay.PaymentLink";

    /// <summary>The template of the e-mail before the next payment of a subscription.</summary>
    public const string SubscriptionAnnounced = "MultiSafepay.SubscriptionAnnounced";

    /// <summary>The template of the e-mail about a payment of a subscription that failed, with a payment link.</summary>
    public const string SubscriptionFailed = "MultiSafepay.SubscriptionFailed";

    /// <summary>The template of the e-mail about a card that expires before the next payment of a subscription.</summary>
    public const string SubscriptionCardExpires = "MultiSafepay.SubscriptionCardExpires";

    /// <summary>The template of the e-mail about a subscription that has been cancelled.</summary>
    public const string SubscriptionCancelled = "MultiSafepay.SubscriptionCancelled";

    /// <summary>The token for the link.</summary>
    public const string LinkToken = "MultiSafepay.PaymentLink";

    /// <summary>The token for the time at which the link expires.</summary>
    public const string EndsToken = "MultiSafepay.PaymentLinkEnds";

    /// <summary>The token for the amount with its currency.</summary>
    public const string AmountToken = "MultiSafepay.Amount";

    /// <summary>The token for the date of the next payment of a subscription.</summary>
    public const string DateToken = "MultiSafepay.NextPayment";

    /// <summary>The token for the payment method of a subscription, such as a card with its last digits.</summary>
    public const string MethodToken = "MultiSafepay.PaymentMethod";

    private const string Prefix = "MultiSafepay.";

    private static readonly string[] _names = [PaymentLink, SubscriptionAnnounced, SubscriptionFailed, SubscriptionCardExpires, SubscriptionCancelled];

    /// <summary>The tokens that the templates can use, as nopCommerce writes them.</summary>
    public static IReadOnlyList<string> Tokens { get; } =
    [
        "%Store.Name%", "%Store.URL%", "%Order.OrderNumber%", "%Order.CustomerFullName%", $"%{AmountToken}%", $"%{LinkToken}%", $"%{EndsToken}%", $"%{DateToken}%", $"%{MethodToken}%"
    ];

    /// <summary>Adds the templates in the languages of the shop. An existing template is not changed.</summary>
    public async Task AddAsync()
    {
        var languages = await languageService.GetAllLanguagesAsync(showHidden: true);

        // Without a language, English. Read only if a template is missing.
        var texts = new Lazy<(Language? Language, Dictionary<string, string> Texts)[]>(() => [.. languages.DefaultIfEmpty().Select(language => (language, TextResources.For(language)))]);
        foreach (var name in _names)
        {
            if ((await templateService.GetMessageTemplatesByNameAsync(name)).Count == 0)
                await AddAsync(name, texts.Value);
        }
    }

    /// <summary>Removes the templates, their copies for stores and their translations.</summary>
    public async Task RemoveAsync()
    {
        var languages = await languageService.GetAllLanguagesAsync(showHidden: true);
        foreach (var name in _names)
        {
            foreach (var template in await templateService.GetMessageTemplatesByNameAsync(name))
            {
                foreach (var language in languages)
                {
                    await localizedEntityService.SaveLocalizedValueAsync(template, row => row.Subject, string.Empty, language.Id);
                    await localizedEntityService.SaveLocalizedValueAsync(template, row => row.Body, string.Empty, language.Id);
                }

                await templateService.DeleteMessageTemplateAsync(template);
            }
        }
    }

    // The words of the first language are the template's own.
    private async Task AddAsync(string name, (Language? Language, Dictionary<string, string> Texts)[] texts)
    {
        var (subject, body) = Words(name, texts[0].Texts);
        var template = new MessageTemplate { Name = name, Subject = subject, Body = body, IsActive = true };
        await templateService.InsertMessageTemplateAsync(template);

        foreach (var (language, inLanguage) in texts)
        {
            var translated = Words(name, inLanguage);
            if (language is null || translated == (subject, body))
                continue;
            await localizedEntityService.SaveLocalizedValueAsync(template, row => row.Subject, translated.Subject, language.Id);
            await localizedEntityService.SaveLocalizedValueAsync(template, row => row.Body, translated.Body, language.Id);
        }
    }

    private static (string Subject, string Body) Words(string name, Dictionary<string, string> texts)
    {
        var key = $"{MultiSafepayDefaults.ResourcePrefix}.Mail.{name[Prefix.Length..]}";
        return (texts[$"{key}.Subject"], texts[$"{key}.Body"]);
    }
}
