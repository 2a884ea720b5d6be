using System.Text;
using System.Text.Json;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// Reads a <see cref="Transaction"/> in one pass, with the tolerance of <see cref="TolerantValue"/> and <see cref="TolerantShape"/> and the same result as <see cref="JsonSerializer"/> with
/// <see cref="ApiJson.Options"/>, which takes several times as long: most of a notification is of no use to the shop, and is skipped.
/// </summary>
internal static class TransactionReader
{
    private static readonly TaxTablesConverter _taxTables = new();

    // The statuses and currencies that nearly every notification has, and the types of what follows a payment.
    private static readonly string[] _words = [TransactionStatus.Completed, "EUR", TransactionStatus.Initialized, TransactionStatus.Uncleared, "refund", "capture", "IDEAL", "VISA", "MASTERCARD"];

    /// <summary>Reads a transaction; null if the JSON is <c>null</c>.</summary>
    /// <param name="utf8Json">The JSON object in UTF-8.</param>
    /// <param name="isNotification">Whether to leave out what no notification is used for: items, tax tables, costs, free texts and the invoice.</param>
    /// <exception cref="JsonException">The input is not a JSON object.</exception>
    public static Transaction? Read(ReadOnlySpan<byte> utf8Json, bool isNotification)
    {
        try
        {
            return ReadWhole(utf8Json, isNotification);
        }
        catch (JsonException exception)
        {
            // The reader's own exception is of a type that is not public.
            throw new JsonException(exception.Message, exception);
        }
    }

    private static Transaction? ReadWhole(ReadOnlySpan<byte> utf8Json, bool isNotification)
    {
        var reader = new Utf8JsonReader(utf8Json);
        reader.Read();
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.Null))
            throw new JsonException("The transaction is not an object.");
        var transaction = reader.TokenType == JsonTokenType.Null ? null : ReadTransaction(ref reader, isNotification);

        // Throws an exception if anything but white space follows.
        reader.Read();
        return transaction;
    }

    private static Transaction ReadTransaction(ref Utf8JsonReader reader, bool isNotification)
    {
        string? orderId = null, transactionId = null, status = null, financialStatus = null, currency = null, authOrderId = null, description = null, var1 = null, var2 = null, var3 = null;
        string? reason = null, reasonCode = null, created = null, modified = null, completed = null, invoiceUrl = null;
        long? amount = null, amountRefunded = null;
        PaymentDetails? details = null;
        IReadOnlyList<TransactionPaymentMethod>? methods = null;
        IReadOnlyList<RelatedTransaction>? related = null;
        IReadOnlyList<TransactionCost>? costs = null;
        ShoppingCart? cart = null;
        TaxTables? taxTables = null;
        while (NextMember(ref reader, out var name))
        {
            switch (name.Length)
            {
                case 4 when name.SequenceEqual("var1"u8): var1 = TolerantValue.ReadString(ref reader); break;
                case 4 when name.SequenceEqual("var2"u8) && !isNotification: var2 = TolerantValue.ReadString(ref reader); break;
                case 4 when name.SequenceEqual("var3"u8) && !isNotification: var3 = TolerantValue.ReadString(ref reader); break;
                case 5 when name.SequenceEqual("costs"u8) && !isNotification: costs = TolerantShape.ReadList(ref reader, ReadCost); break;
                case 6 when name.SequenceEqual("amount"u8): amount = TolerantValue.ReadLong(ref reader); break;
                case 6 when name.SequenceEqual("status"u8): status = Word(ref reader); break;
                case 6 when name.SequenceEqual("reason"u8): reason = TolerantValue.ReadString(ref reader); break;
                case 7 when name.SequenceEqual("created"u8): created = TolerantValue.ReadString(ref reader); break;
                case 8 when name.SequenceEqual("order_id"u8): orderId = TolerantValue.ReadString(ref reader); break;
                case 8 when name.SequenceEqual("currency"u8): currency = Word(ref reader); break;
                case 8 when name.SequenceEqual("modified"u8) && !isNotification: modified = TolerantValue.ReadString(ref reader); break;
                case 9 when name.SequenceEqual("completed"u8): completed = TolerantValue.ReadString(ref reader); break;
                case 11 when name.SequenceEqual("description"u8) && !isNotification: description = TolerantValue.ReadString(ref reader); break;
                case 11 when name.SequenceEqual("reason_code"u8) && !isNotification: reasonCode = TolerantValue.ReadString(ref reader); break;
                case 11 when name.SequenceEqual("invoice_url"u8) && !isNotification: invoiceUrl = TolerantValue.ReadString(ref reader); break;
                case 13 when name.SequenceEqual("auth_order_id"u8): authOrderId = TolerantValue.ReadString(ref reader); break;
                case 13 when name.SequenceEqual("shopping_cart"u8) && !isNotification: cart = TolerantShape.ReadObjectOrNull(ref reader, ReadCart); break;
                case 14 when name.SequenceEqual("transaction_id"u8): transactionId = TolerantValue.ReadString(ref reader); break;
                case 15 when name.SequenceEqual("amount_refunded"u8): amountRefunded = TolerantValue.ReadLong(ref reader); break;
                case 15 when name.SequenceEqual("payment_details"u8): details = TolerantShape.ReadObjectOrNull(ref reader, ReadDetails); break;
                case 15 when name.SequenceEqual("payment_methods"u8): methods = TolerantShape.ReadList(ref reader, ReadMethod); break;
                case 16 when name.SequenceEqual("financial_status"u8): financialStatus = Word(ref reader); break;
                case 16 when name.SequenceEqual("checkout_options"u8) && !isNotification: taxTables = _taxTables.Read(ref reader, typeof(TaxTables), ApiJson.Options); break;
                case 20 when name.SequenceEqual("related_transactions"u8): related = TolerantShape.ReadList(ref reader, ReadRelated); break;
                default: reader.Skip(); break;
            }
        }

        return new Transaction
        {
            OrderId = orderId!,
            TransactionId = transactionId,
            Status = status!,
            FinancialStatus = financialStatus!,
            Amount = amount,
            AmountRefunded = amountRefunded,
            Currency = currency,
            AuthOrderId = authOrderId,
            Description = description,
            Var1 = var1,
            Var2 = var2,
            Var3 = var3,
            Reason = reason,
            ReasonCode = reasonCode,
            Created = created,
            Modified = modified,
            Completed = completed,
            InvoiceUrl = invoiceUrl,
            PaymentDetails = details,
            PaymentMethods = methods!,
            RelatedTransactions = related!,
            Costs = costs!,
            ShoppingCart = cart,
            TaxTables = taxTables
        };
    }

    private static PaymentDetails ReadDetails(ref Utf8JsonReader reader)
    {
        string? type = null, last4 = null, cardExpiryDate = null, capture = null, captureExpiry = null, recurringId = null, recurringModel = null, externalId = null, responseCode = null;
        long? captureRemain = null;
        while (NextMember(ref reader, out var name))
        {
            switch (name.Length)
            {
                case 4 when name.SequenceEqual("type"u8): type = Word(ref reader); break;
                case 5 when name.SequenceEqual("last4"u8): last4 = TolerantValue.ReadString(ref reader); break;
                case 7 when name.SequenceEqual("capture"u8): capture = TolerantValue.ReadString(ref reader); break;
                case 12 when name.SequenceEqual("recurring_id"u8): recurringId = TolerantValue.ReadString(ref reader); break;
                case 13 when name.SequenceEqual("response_code"u8): responseCode = TolerantValue.ReadString(ref reader); break;
                case 14 when name.SequenceEqual("capture_expiry"u8): captureExpiry = TolerantValue.ReadString(ref reader); break;
                case 14 when name.SequenceEqual("capture_remain"u8): captureRemain = TolerantValue.ReadLong(ref reader); break;
                case 15 when name.SequenceEqual("recurring_model"u8): recurringModel = TolerantValue.ReadString(ref reader); break;
                case 16 when name.SequenceEqual("card_expiry_date"u8): cardExpiryDate = TolerantValue.ReadString(ref reader); break;
                case 23 when name.SequenceEqual("external_transaction_id"u8): externalId = TolerantValue.ReadString(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return new PaymentDetails
        {
            Type = type,
            Last4 = last4,
            CardExpiryDate = cardExpiryDate,
            Capture = capture,
            CaptureExpiry = captureExpiry,
            CaptureRemain = captureRemain,
            RecurringId = recurringId,
            RecurringModel = recurringModel,
            ExternalTransactionId = externalId,
            ResponseCode = responseCode
        };
    }

    private static TransactionPaymentMethod ReadMethod(ref Utf8JsonReader reader)
    {
        string? type = null, currency = null, status = null, description = null, externalId = null;
        long? amount = null;
        while (NextMember(ref reader, out var name))
        {
            switch (name.Length)
            {
                case 4 when name.SequenceEqual("type"u8): type = Word(ref reader); break;
                case 6 when name.SequenceEqual("amount"u8): amount = TolerantValue.ReadLong(ref reader); break;
                case 6 when name.SequenceEqual("status"u8): status = Word(ref reader); break;
                case 8 when name.SequenceEqual("currency"u8): currency = Word(ref reader); break;
                case 19 when name.SequenceEqual("payment_description"u8): description = TolerantValue.ReadString(ref reader); break;
                case 23 when name.SequenceEqual("external_transaction_id"u8): externalId = TolerantValue.ReadString(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return new TransactionPaymentMethod { Type = type, Amount = amount, Currency = currency, Status = status, PaymentDescription = description, ExternalTransactionId = externalId };
    }

    private static RelatedTransaction ReadRelated(ref Utf8JsonReader reader)
    {
        string? type = null, status = null, currency = null, orderId = null, transactionId = null, referenceId = null, refundOrderId = null, description = null, created = null, modified = null;
        long? amount = null;
        while (NextMember(ref reader, out var name))
        {
            switch (name.Length)
            {
                case 4 when name.SequenceEqual("type"u8): type = Word(ref reader); break;
                case 6 when name.SequenceEqual("amount"u8): amount = TolerantValue.ReadLong(ref reader); break;
                case 6 when name.SequenceEqual("status"u8): status = Word(ref reader); break;
                case 7 when name.SequenceEqual("created"u8): created = TolerantValue.ReadString(ref reader); break;
                case 8 when name.SequenceEqual("currency"u8): currency = Word(ref reader); break;
                case 8 when name.SequenceEqual("order_id"u8): orderId = TolerantValue.ReadString(ref reader); break;
                case 8 when name.SequenceEqual("modified"u8): modified = TolerantValue.ReadString(ref reader); break;
                case 11 when name.SequenceEqual("description"u8): description = TolerantValue.ReadString(ref reader); break;
                case 14 when name.SequenceEqual("transaction_id"u8): transactionId = TolerantValue.ReadString(ref reader); break;
                case 15 when name.SequenceEqual("refund_order_id"u8): refundOrderId = TolerantValue.ReadString(ref reader); break;
                case 24 when name.SequenceEqual("reference_transaction_id"u8): referenceId = TolerantValue.ReadString(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return new RelatedTransaction
        {
            Type = type,
            Status = status,
            Amount = amount,
            Currency = currency,
            OrderId = orderId,
            TransactionId = transactionId,
            ReferenceTransactionId = referenceId,
            RefundOrderId = refundOrderId,
            Description = description,
            Created = created,
            Modified = modified
        };
    }

    private static TransactionCost? ReadCost(ref Utf8JsonReader reader) => JsonSerializer.Deserialize<TransactionCost>(ref reader, ApiJson.Options);

    private static ShoppingCart? ReadCart(ref Utf8JsonReader reader) => JsonSerializer.Deserialize<ShoppingCart>(ref reader, ApiJson.Options);

    // A text that is one of few words, of which most need no new string.
    private static string? Word(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped)
        {
            foreach (var word in _words)
            {
                if (Ascii.Equals(reader.ValueSpan, word))
                    return word;
            }
        }

        return TolerantValue.ReadString(ref reader);
    }

    // Moves to the value of the object's next member; false at its end.
    private static bool NextMember(ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            name = default;
            return false;
        }

        name = reader.ValueIsEscaped ? Unescaped(ref reader) : reader.ValueSpan;
        reader.Read();
        return true;
    }

    private static byte[] Unescaped(ref Utf8JsonReader reader)
    {
        try
        {
            return Encoding.UTF8.GetBytes(reader.GetString()!);
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("The name of a member is no text.", exception);
        }
    }
}
