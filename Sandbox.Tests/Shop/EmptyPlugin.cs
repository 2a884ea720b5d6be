using Nop.Services.Plugins;

namespace Sandbox.Tests.Shop;

/// <summary>A plugin that does nothing; for tests that bring other types.</summary>
internal sealed class EmptyPlugin : BasePlugin;
