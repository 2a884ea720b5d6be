using System.Collections.Concurrent;

namespace Sandbox.Simulator.Checks;

/// <summary>
/// The locales that an order may name. MultiSafepay's API description lists fourteen, and names da_DK in its text and pt_PT in its examples; which of the two is
/// right is not known, so each locale can be turned off and on.
/// </summary>
public sealed class LocaleSwitches
{
    private static readonly HashSet<string> _documented = new(StringComparer.Ordinal)
    {
        "cs_CZ", "de_AT", "de_DE", "en_US", "fi_FI", "fr_BE", "fr_FR", "it_IT", "nl_BE", "nl_NL", "pl_PL", "es_ES", "sv_SE", "zh_CN", "da_DK", "pt_PT",
    };

    private readonly ConcurrentDictionary<string, bool> _turned = new(StringComparer.Ordinal);

    public bool IsAccepted(string locale) => _turned.TryGetValue(locale, out var on) ? on : _documented.Contains(locale);

    public void Turn(string locale, bool on) => _turned[locale] = on;

    public void Clear() => _turned.Clear();
}
