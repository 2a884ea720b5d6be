using Nop.Services.Plugins;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Shop;

/// <summary>A plugin that does nothing; for tests that bring other types.</summary>
internal sealed class EmptyPlugin : BasePlugin;
