using Nop.Core.Domain.Messages;

namespace Nop.Services.Messages;

/// <summary>From where the shop sends mails.</summary>
public interface IEmailAccountService
{
    Task<IList<EmailAccount>> GetAllEmailAccountsAsync();
    Task<EmailAccount> GetEmailAccountByIdAsync(int emailAccountId);
}
