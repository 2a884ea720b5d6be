namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>The result of a check of the shop's setup.</summary>
public enum CheckState
{
    /// <summary>Correct.</summary>
    Good,

    /// <summary>Working, but the owner should have a look.</summary>
    Warning,

    /// <summary>Payments do not work in this state.</summary>
    Bad
}

/// <summary>The result of a check with a text for the owner.</summary>
/// <param name="State">The result.</param>
/// <param name="Text">What was found and what to do about it, in the owner's language.</param>
public sealed record CheckResult(CheckState State, string Text);
