namespace Nop.Core.Domain.Gdpr;

/// <summary>A customer's data was deleted for good, as the law gives customers the right to ask for. The orders stay.</summary>
public class CustomerPermanentlyDeleted
{
    public CustomerPermanentlyDeleted(int customerId, string email)
    {
        CustomerId = customerId;
        Email = email;
    }

    public int CustomerId { get; }
    public string Email { get; }
}
