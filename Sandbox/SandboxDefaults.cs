namespace Sandbox;

/// <summary>What the shop and the simulator agree on so that they work together at once.</summary>
public static class SandboxDefaults
{
    /// <summary>The made-up API key of the simulator's test site; the shop starts with it.</summary>
    public const string TestApiKey = "sandbox-test-key-0000000000000000000000";

    public const int ShopPort = 5080;

    public const int SimulatorPort = 5090;
}
