namespace Nop.Web.Framework.Localization;

/// <summary>Finds a text by the name of its resource.</summary>
public delegate LocalizedString Localizer(string text, params object[] args);
