namespace Sandbox.Simulator.Gateways;

/// <summary>The cards that the customers of the simulator have: MultiSafepay's test cards (docs.multisafepay.com, Testing).</summary>
public static class TestCards
{
    /// <summary>YYMM.</summary>
    public const string ExpiryDate = "3012";

    /// <summary>Visa 4111 … 1111, Mastercard 5500 … 0004, Maestro … 0018, Amex … 8431.</summary>
    public static string LastFour(string gatewayId) => gatewayId switch
    {
        "MASTERCARD" => "0004",
        "MAESTRO" => "0018",
        "AMEX" => "8431",
        _ => "1111",
    };

    /// <summary>The first six digits; null of a bank account.</summary>
    public static int? Bin(string gatewayId) => gatewayId switch
    {
        "VISA" or "CREDITCARD" => 411111,
        "MASTERCARD" => 550000,
        "MAESTRO" => 679999,
        "AMEX" => 378734,
        _ => null,
    };
}
