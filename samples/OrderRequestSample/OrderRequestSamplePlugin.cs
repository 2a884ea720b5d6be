using Nop.Services.Plugins;

namespace OrderRequestSample;

/// <summary>What nopCommerce installs. There is nothing to set up: it finds <see cref="PurchaseReferenceConsumer"/> by itself.</summary>
public class OrderRequestSamplePlugin : BasePlugin;
