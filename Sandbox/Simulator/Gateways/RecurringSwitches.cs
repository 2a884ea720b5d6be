using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Sandbox.Simulator.Gateways;

/// <summary>For which recurring models MultiSafepay has activated tokenization in the account: none, until it is asked to (docs.multisafepay.com, Recurring payments).</summary>
public sealed class RecurringSwitches(SimulatorOptions options)
{
    public const string CardOnFile = "cardOnFile";

    private readonly ConcurrentDictionary<string, bool> _turned = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Models { get; } = [CardOnFile, "subscription", "unscheduled"];

    public bool IsOn(string? model) => model is not null && (_turned.TryGetValue(model, out var on) ? on : options.RecurringModels.Contains(model, StringComparer.Ordinal));

    public void Turn(string model, bool on) => _turned[model] = on;

    public void Clear() => _turned.Clear();

    /// <summary>What a payment method's tokenization shows; the names of the models are in lower case there.</summary>
    public JsonObject Write(Gateway gateway) => gateway.Tokenizes && Models.Any(IsOn)
        ? new() { ["is_enabled"] = true, ["models"] = new JsonObject(Models.Select(model => KeyValuePair.Create<string, JsonNode?>(model.ToLowerInvariant(), IsOn(model)))) }
        : new() { ["is_enabled"] = false, ["models"] = null };
}
