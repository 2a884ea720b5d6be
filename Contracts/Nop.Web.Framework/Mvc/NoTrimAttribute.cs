namespace Nop.Web.Framework.Mvc;

/// <summary>Keeps the blanks around what has been entered.</summary>
public class NoTrimAttribute : Attribute;
