#if NOP_500
namespace Nop.Services.Helpers;
#else
namespace Nop.Core;
#endif

/// <summary>Addresses of the shop and of the visitor.</summary>
public interface IWebHelper
{
    string GetCurrentIpAddress();
    string GetStoreHost(bool useSsl);
    string GetStoreLocation(bool? useSsl = null);
    string GetThisPageUrl(bool includeQueryString, bool? useSsl = null, bool lowercaseUrl = false);
    string GetUrlReferrer();
    bool IsCurrentConnectionSecured();
}
