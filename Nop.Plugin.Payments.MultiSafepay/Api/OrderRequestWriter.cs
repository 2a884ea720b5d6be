using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// Writes an <see cref="OrderRequest"/>, the only large message: the same bytes as <see cref="JsonSerializer"/> with <see cref="ApiJson.Options"/>, in half of the time. A member that is null
/// is left out.
/// </summary>
internal static class OrderRequestWriter
{
    // What a request without items takes, and an item, in bytes; more is allocated if it is not enough.
    private const int WithoutItems = 2048;
    private const int OfAnItem = 256;

    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The request as JSON in UTF-8, without its <see cref="OrderRequest.AdditionalFields"/>.</summary>
    public static ReadOnlyMemory<byte> Write(OrderRequest order)
    {
        var buffer = new ArrayBufferWriter<byte>(WithoutItems + (order.ShoppingCart?.Items.Count ?? 0) * OfAnItem);
        using (var writer = new Utf8JsonWriter(buffer, _options))
            Write(writer, order);
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, OrderRequest order)
    {
        writer.WriteStartObject();
        Text(writer, "type"u8, order.Type);
        Text(writer, "order_id"u8, order.OrderId);
        Text(writer, "gateway"u8, order.Gateway);
        Text(writer, "currency"u8, order.Currency);
        writer.WriteNumber("amount"u8, order.Amount);
        Text(writer, "description"u8, order.Description);
        if (order.PaymentOptions is { } options)
        {
            writer.WriteStartObject("payment_options"u8);
            Text(writer, "notification_url"u8, options.NotificationUrl);
            Text(writer, "notification_method"u8, options.NotificationMethod);
            Text(writer, "redirect_url"u8, options.RedirectUrl);
            Text(writer, "cancel_url"u8, options.CancelUrl);
            Boolean(writer, "close_window"u8, options.CloseWindow);
            Text(writer, "template_id"u8, options.TemplateId);
            writer.WriteEndObject();
        }

        Customer(writer, "customer"u8, order.Customer);
        Customer(writer, "delivery"u8, order.Delivery);
        Cart(writer, order.ShoppingCart);
        Taxes(writer, order.CheckoutOptions);
        if (order.GatewayInfo is { } info)
        {
            writer.WriteStartObject("gateway_info"u8);
            Text(writer, "birthday"u8, info.Birthday);
            Text(writer, "gender"u8, info.Gender);
            Text(writer, "phone"u8, info.Phone);
            Text(writer, "email"u8, info.Email);
            Text(writer, "bank_account"u8, info.BankAccount);
            writer.WriteEndObject();
        }

        if (order.PaymentData is { } data)
        {
            writer.WriteStartObject("payment_data"u8);
            Text(writer, "payload"u8, data.Payload);
            Text(writer, "gateway"u8, data.Gateway);
            Boolean(writer, "tokenize"u8, data.Tokenize);
            writer.WriteEndObject();
        }

        if (order.SecondChance is { } chance)
        {
            writer.WriteStartObject("second_chance"u8);
            writer.WriteBoolean("send_email"u8, chance.SendEmail);
            writer.WriteBoolean("send_mail"u8, chance.SendMail);
            writer.WriteEndObject();
        }

        Integer(writer, "days_active"u8, order.DaysActive);
        Integer(writer, "seconds_active"u8, order.SecondsActive);
        Text(writer, "capture"u8, order.Capture);
        Text(writer, "recurring_model"u8, order.RecurringModel);
        Text(writer, "recurring_id"u8, order.RecurringId);
        Text(writer, "var1"u8, order.Var1);
        Text(writer, "var2"u8, order.Var2);
        Text(writer, "var3"u8, order.Var3);
        if (order.CustomInfo is { } custom)
        {
            writer.WriteStartObject("custom_info"u8);
            Text(writer, "custom_1"u8, custom.Custom1);
            Text(writer, "custom_2"u8, custom.Custom2);
            Text(writer, "custom_3"u8, custom.Custom3);
            writer.WriteEndObject();
        }

        if (order.Plugin is { } plugin)
        {
            writer.WriteStartObject("plugin"u8);
            Text(writer, "shop"u8, plugin.Shop);
            Text(writer, "shop_version"u8, plugin.ShopVersion);
            Text(writer, "plugin_version"u8, plugin.PluginVersion);
            Text(writer, "partner"u8, plugin.Partner);
            Text(writer, "shop_root_url"u8, plugin.ShopRootUrl);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Customer(Utf8JsonWriter writer, ReadOnlySpan<byte> name, CustomerDetails? customer)
    {
        if (customer is null)
            return;
        writer.WriteStartObject(name);
        Text(writer, "first_name"u8, customer.FirstName);
        Text(writer, "last_name"u8, customer.LastName);
        Text(writer, "company_name"u8, customer.CompanyName);
        Text(writer, "address1"u8, customer.Address1);
        Text(writer, "address2"u8, customer.Address2);
        Text(writer, "house_number"u8, customer.HouseNumber);
        Text(writer, "zip_code"u8, customer.ZipCode);
        Text(writer, "city"u8, customer.City);
        Text(writer, "state"u8, customer.State);
        Text(writer, "country"u8, customer.Country);
        Text(writer, "phone"u8, customer.Phone);
        Text(writer, "email"u8, customer.Email);
        Text(writer, "ip_address"u8, customer.IpAddress);
        Text(writer, "forwarded_ip"u8, customer.ForwardedIp);
        Text(writer, "locale"u8, customer.Locale);
        Text(writer, "user_agent"u8, customer.UserAgent);
        Text(writer, "referrer"u8, customer.Referrer);
        Text(writer, "reference"u8, customer.Reference);
        Text(writer, "gender"u8, customer.Gender);
        Text(writer, "birthday"u8, customer.Birthday);
        Boolean(writer, "disable_send_email"u8, customer.DisableSendEmail);
        writer.WriteEndObject();
    }

    private static void Cart(Utf8JsonWriter writer, ShoppingCart? cart)
    {
        if (cart is null)
            return;
        writer.WriteStartObject("shopping_cart"u8);
        writer.WriteStartArray("items"u8);
        foreach (var item in cart.Items)
        {
            writer.WriteStartObject();
            Text(writer, "name"u8, item.Name);
            Text(writer, "description"u8, item.Description);
            Decimal(writer, "unit_price"u8, item.UnitPrice);
            writer.WriteNumber("quantity"u8, item.Quantity);
            Text(writer, "merchant_item_id"u8, item.MerchantItemId);
            Text(writer, "tax_table_selector"u8, item.TaxTableSelector);
            if (item.Weight is { } weight)
            {
                writer.WriteStartObject("weight"u8);
                Text(writer, "unit"u8, weight.Unit);
                Decimal(writer, "value"u8, weight.Value);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Taxes(Utf8JsonWriter writer, CheckoutOptions? options)
    {
        if (options is null)
            return;
        writer.WriteStartObject("checkout_options"u8);
        Boolean(writer, "validate_cart"u8, options.ValidateCart);
        if (options.TaxTables is { } tables)
        {
            writer.WriteStartObject("tax_tables"u8);
            if (tables.Default is { } untold)
            {
                writer.WriteStartObject("default"u8);
                Boolean(writer, "shipping_taxed"u8, untold.ShippingTaxed);
                Decimal(writer, "rate"u8, untold.Rate);
                writer.WriteEndObject();
            }

            writer.WriteStartArray("alternate"u8);
            foreach (var table in tables.Alternate)
                Table(writer, table);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Table(Utf8JsonWriter writer, TaxTable table)
    {
        writer.WriteStartObject();
        Text(writer, "name"u8, table.Name);
        Boolean(writer, "standalone"u8, table.Standalone);
        writer.WriteStartArray("rules"u8);
        foreach (var rule in table.Rules)
        {
            writer.WriteStartObject();
            Decimal(writer, "rate"u8, rule.Rate);
            Text(writer, "country"u8, rule.Country);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static void Boolean(Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool? value)
    {
        if (value is { } yes)
            writer.WriteBoolean(name, yes);
    }

    private static void Integer(Utf8JsonWriter writer, ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
    }

    private static void Decimal(Utf8JsonWriter writer, ReadOnlySpan<byte> name, decimal? value)
    {
        if (value is not { } number)
            return;
        writer.WritePropertyName(name);
        TolerantDecimalConverter.WriteNumber(writer, number);
    }
}
