namespace Nop.Core.Domain.Messages;

/// <summary>From where the shop sends mails.</summary>
public class EmailAccount : BaseEntity
{
    public string ClientId { get; set; }
    public string ClientSecret { get; set; }
    public string DisplayName { get; set; }
    public string Email { get; set; }
    public int EmailAuthenticationMethodId { get; set; }
    public bool EnableSsl { get; set; }
    public string Host { get; set; }
    public int MaxNumberOfEmails { get; set; }
    public string Password { get; set; }
    public int Port { get; set; }
    public string TenantId { get; set; }
    public string Username { get; set; }
}
