namespace Sandbox.Simulator.Api;

/// <summary>MultiSafepay says no: its error code, its words and the HTTP status that goes with them.</summary>
public sealed class RefusalException(int code, string info, int httpStatus = StatusCodes.Status400BadRequest) : Exception(info)
{
    public int Code { get; } = code;

    public int HttpStatus { get; } = httpStatus;

    public static RefusalException General(string info) => new(ErrorCode.General, info);

    public static RefusalException UnknownPath() => new(ErrorCode.General, "Not found", StatusCodes.Status404NotFound);

    /// <summary>No order is known by this id (OpenAPI description, errors/Error1006.yaml, for the code and the words).</summary>
    public static RefusalException UnknownOrder() => new(ErrorCode.OrderId, "Invalid transaction ID", StatusCodes.Status404NotFound);

    /// <summary>The order exists, but not in a state in which this can be done.</summary>
    public static RefusalException NotNow(string info) => new(ErrorCode.General, info, StatusCodes.Status410Gone);
}

/// <summary>The codes of MultiSafepay's error reference that the simulator answers with.</summary>
public static class ErrorCode
{
    public const int General = 1000;
    public const int Amount = 1001;
    public const int Currency = 1002;
    public const int OrderId = 1006;
    public const int IpAddress = 1007;
    public const int Description = 1008;
    public const int Variable = 1010;
    public const int Country = 1018;
    public const int SiteInactive = 1019;
    public const int AccountBlocked = 1020;
    public const int Gateway = 1023;
    public const int Declined = 1024;
    public const int CartCurrencies = 1025;
    public const int CartCurrency = 1026;
    public const int CartAmount = 1027;
    public const int TaxRate = 1028;
    public const int ItemTaxRate = 1029;
    public const int ItemCurrency = 1030;
    public const int ItemPrice = 1031;
    public const int ApiKey = 1032;
    public const int Refund = 1034;
}
