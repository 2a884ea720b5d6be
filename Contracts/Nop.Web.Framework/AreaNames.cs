namespace Nop.Web.Framework;

/// <summary>The names of the MVC areas.</summary>
public static class AreaNames
{
    public const string ADMIN = "Admin";
}
