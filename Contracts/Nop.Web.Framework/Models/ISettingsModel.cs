namespace Nop.Web.Framework.Models;

/// <summary>The model of a page of settings.</summary>
public interface ISettingsModel
{
    int ActiveStoreScopeConfiguration { get; set; }
}
