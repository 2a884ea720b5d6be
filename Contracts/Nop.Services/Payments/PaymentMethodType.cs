namespace Nop.Services.Payments;

/// <summary>Where a payment method takes the customer.</summary>
public enum PaymentMethodType
{
    Standard = 10,
    Redirection = 15,
    Button = 20,
}
