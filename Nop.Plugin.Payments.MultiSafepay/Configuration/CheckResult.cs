namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>How a check of the shop's set-up ended.</summary>
public enum CheckState
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>It works, but the owner should look.</summary>
    Warning,

    /// <summary>Payments do not work like this.</summary>
    Bad
}

/// <summary>What a check found, in the owner's language.</summary>
/// <param name="State">How it ended.</param>
/// <param name="Text">What was found and what to do about it.</param>
public sealed record CheckResult(CheckState State, string Text);
