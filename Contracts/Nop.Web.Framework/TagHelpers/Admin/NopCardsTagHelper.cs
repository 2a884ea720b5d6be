using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Nop.Web.Framework.TagHelpers.Admin;

/// <summary>A column of cards.</summary>
[HtmlTargetElement("nop-cards", Attributes = "id")]
public class NopCardsTagHelper : TagHelper;
