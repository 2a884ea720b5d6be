using Microsoft.Playwright;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Browser;

/// <summary>
/// Tries a walk through the pages once more. A browser on a busy machine now and then interrupts its own navigation; what is wrong with the pages is wrong the second
/// time as well.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RetryOnTimeoutAttribute : RetryAttribute
{
    public RetryOnTimeoutAttribute() : base(2) => RetryExceptions = [typeof(PlaywrightException), typeof(TimeoutException)];
}
