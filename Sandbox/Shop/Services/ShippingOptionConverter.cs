using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using ChosenOption = Nop.Core.Domain.Shipping.ShippingOption;

namespace Sandbox.Shop.Services;

/// <summary>Stores a chosen shipping option as text in an attribute of the customer; nopCommerce registers such a converter when it starts.</summary>
internal sealed class ShippingOptionConverter : TypeConverter
{
    /// <summary>Registers the converter for the process.</summary>
    public static void Register() => TypeDescriptor.AddAttributes(typeof(ChosenOption), new TypeConverterAttribute(typeof(ShippingOptionConverter)));

    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => JsonSerializer.Deserialize<ChosenOption>((string)value);

    public override object ConvertTo(ITypeDescriptorContext? context, CultureInfo? culture, object? value, Type destinationType) => JsonSerializer.Serialize((ChosenOption)value!);
}
