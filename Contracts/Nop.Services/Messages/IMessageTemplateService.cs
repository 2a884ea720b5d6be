using Nop.Core.Domain.Messages;

namespace Nop.Services.Messages;

/// <summary>The mails that the shop can send.</summary>
public interface IMessageTemplateService
{
    Task DeleteMessageTemplateAsync(MessageTemplate messageTemplate);
    Task<IList<MessageTemplate>> GetMessageTemplatesByNameAsync(string messageTemplateName, int? storeId = null);
    Task InsertMessageTemplateAsync(MessageTemplate messageTemplate);
}
