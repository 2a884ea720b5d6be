namespace Nop.Core;

/// <summary>
/// Which nopCommerce this is. The values are compiled into whoever reads them, so a plugin that reads one here
/// says what it was built for, not where it runs.
/// </summary>
public static class NopVersion
{
#if NOP_480
    public const string CURRENT_VERSION = "4.80";
#elif NOP_500
    public const string CURRENT_VERSION = "5.00";
#else
    public const string CURRENT_VERSION = "4.90";
#endif
}
