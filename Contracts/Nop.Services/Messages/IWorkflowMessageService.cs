using Nop.Core.Domain.Messages;

namespace Nop.Services.Messages;

/// <summary>Puts mails into the queue.</summary>
public interface IWorkflowMessageService
{
    Task<int> SendNotificationAsync(
        MessageTemplate messageTemplate, EmailAccount emailAccount, int languageId, IList<Token> tokens, string toEmailAddress, string toName,
        string attachmentFilePath = null, string attachmentFileName = null, string replyToEmailAddress = null, string replyToName = null,
        string fromEmail = null, string fromName = null, string subject = null, bool ignoreDelayBeforeSend = false);
}
