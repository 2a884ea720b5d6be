using System.Globalization;

namespace Nop.Plugin.Payments.MultiSafepay.Tests;

/// <summary>A variable of the environment that makes a proof longer. One that is no number would make it short again, and nobody would see it.</summary>
internal static class NumberVariable
{
    /// <summary>Reads it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="otherwise">What holds when it is not set.</param>
    /// <exception cref="InvalidOperationException">It is set to something else than a number.</exception>
    public static int Read(string name, int otherwise) => Environment.GetEnvironmentVariable(name) switch
    {
        null or "" => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw new InvalidOperationException($"{name} is '{text}', which is no number up to {int.MaxValue}.")
    };
}
