using System.Linq.Expressions;
using Nop.Core;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>Message templates, as rows.</summary>
internal sealed class MessageTemplateService(ShopDatabase database) : IMessageTemplateService
{
    public Task DeleteMessageTemplateAsync(MessageTemplate messageTemplate) => database.DeleteAsync(messageTemplate);

    public async Task<IList<MessageTemplate>> GetMessageTemplatesByNameAsync(string messageTemplateName, int? storeId = null) =>
        await database.ListAsync<MessageTemplate>(template => template.Name == messageTemplateName);

    public Task InsertMessageTemplateAsync(MessageTemplate messageTemplate) => database.InsertAsync(messageTemplate);
}

/// <summary>The shop has one mail account, and sends nothing.</summary>
internal sealed class EmailAccountService : IEmailAccountService
{
    private static readonly EmailAccount _account = new() { Id = 1, DisplayName = "De Koperen Pan", Email = OrderMails.Owner };

    public Task<IList<EmailAccount>> GetAllEmailAccountsAsync() => Task.FromResult<IList<EmailAccount>>([_account]);

    public Task<EmailAccount?> GetEmailAccountByIdAsync(int emailAccountId) => Task.FromResult(emailAccountId == _account.Id ? _account : null);
}

/// <summary>Translations of rows: an empty one is deleted, as in nopCommerce.</summary>
internal sealed class LocalizedEntityService(ShopDatabase database) : ILocalizedEntityService
{
    public async Task SaveLocalizedValueAsync<T>(T entity, Expression<Func<T, string>> keySelector, string localeValue, int languageId)
        where T : BaseEntity, ILocalizedEntity
    {
        var key = ((MemberExpression)keySelector.Body).Member.Name;
        foreach (var row in await database.ListAsync<LocalizedText>(row => row.Is(typeof(T).Name, entity.Id, key, languageId)))
            await database.DeleteAsync(row);
        if (!string.IsNullOrEmpty(localeValue))
            await database.InsertAsync(new LocalizedText { Group = typeof(T).Name, EntityId = entity.Id, Key = key, LanguageId = languageId, Value = localeValue });
    }
}

/// <summary>Fills in a template and writes the mail down instead of sending it.</summary>
internal sealed class WorkflowMessageService(ShopDatabase database, TimeProvider time) : IWorkflowMessageService
{
    public async Task<int> SendNotificationAsync(
        MessageTemplate messageTemplate, EmailAccount emailAccount, int languageId, IList<Token> tokens, string toEmailAddress, string toName,
        string? attachmentFilePath = null, string? attachmentFileName = null, string? replyToEmailAddress = null, string? replyToName = null,
        string? fromEmail = null, string? fromName = null, string? subject = null, bool ignoreDelayBeforeSend = false)
    {
        var title = Fill(await TextAsync(messageTemplate, nameof(MessageTemplate.Subject), languageId) ?? messageTemplate.Subject, tokens, encode: false);
        var body = Fill(await TextAsync(messageTemplate, nameof(MessageTemplate.Body), languageId) ?? messageTemplate.Body, tokens, encode: true);
        var number = tokens.FirstOrDefault(token => token.Key == "Order.OrderNumber")?.Value as string;
        await database.SendAsync(new SentMail(time.GetUtcNow().UtcDateTime, messageTemplate.Name, toEmailAddress, int.TryParse(number, out var id) ? id : 0)
        {
            From = $"{emailAccount.DisplayName} <{emailAccount.Email}>",
            Subject = title,
            Body = body
        });
        return database.Mails.All.Count;
    }

    private async Task<string?> TextAsync(MessageTemplate template, string key, int languageId) =>
        (await database.FirstOrDefaultAsync<LocalizedText>(row => row.Is(nameof(MessageTemplate), template.Id, key, languageId)))?.Value;

    private static string Fill(string template, IEnumerable<Token> tokens, bool encode) => tokens.Aggregate(template, (text, token) =>
        text.Replace($"%{token.Key}%", encode && !token.NeverHtmlEncoded ? System.Net.WebUtility.HtmlEncode($"{token.Value}") : $"{token.Value}", StringComparison.OrdinalIgnoreCase));
}
