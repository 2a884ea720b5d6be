using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Sandbox.Shop.Data;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>Where a node was killed.</summary>
/// <param name="Number">Before which access, counted from 1 over the whole story.</param>
/// <param name="Step">The step of the story.</param>
/// <param name="Access">The access that was not made any more.</param>
/// <param name="Operation">The operation of nopCommerce's that was under way; null when none was.</param>
/// <param name="Place">Who wanted it: the innermost methods.</param>
internal sealed record KillPoint(int Number, string Step, NodeAccess Access, string? Operation, string Place)
{
    /// <summary>Whether somebody had pressed a button or opened a page.</summary>
    public bool IsOfPerson => Step.StartsWith("the owner", StringComparison.Ordinal) || Step.StartsWith("the customer", StringComparison.Ordinal);

    /// <summary>Whether the plugin was about to remember what it had done: it does it again then, as far as it shows nowhere else.</summary>
    public bool IsRemembering => Place.Contains("PaymentRecordStore.SaveAsync < ActionApplier.ApplyAsync", StringComparison.Ordinal);

    /// <summary>Whether nopCommerce was cancelling the order, which gives the stock back at the end.</summary>
    public bool IsCancelling => Operation is "CancelOrderAsync";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"access {Number}, a {Access} of \"{Step}\"{(Operation is null ? "" : $", inside nopCommerce's {Operation}")}: {Place}");
}

/// <summary>Counts what a node does, and kills it at one access. Reads are not counted: a node that is killed before one has done no more than at the access after it.</summary>
internal sealed partial class KillWatch(int killAt)
{
    private const int MaxFrames = 5;

    /// <summary>How many accesses there were.</summary>
    public int Count { get; private set; }

    /// <summary>Whether it counts and kills at the moment.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>Where it killed; null while it did not.</summary>
    public KillPoint? Killed { get; private set; }

    /// <summary>Looks at an access.</summary>
    /// <returns>Whether the node is killed now.</returns>
    public bool Looks(string step, Node node, NodeAccess access)
    {
        if (!IsOn || Killed is not null || ++Count != killAt)
            return false;
        Killed = new KillPoint(Count, step, access, node.Operations.Current, Place());
        return true;
    }

    // The methods of the plugin and of the shop that are on the stack now, the innermost first.
    private static string Place() => string.Join(" < ", new StackTrace().GetFrames().Select(frame => frame.GetMethod()).OfType<MethodBase>().Select(Name).OfType<string>().Distinct().Take(MaxFrames));

    private static string? Name(MethodBase method)
    {
        var type = method.DeclaringType;
        var name = method.Name;
        for (; type?.DeclaringType is { } outer && MethodName().Match(type.Name) is { Success: true } match; type = outer)
            name = match.Groups[1].Value;
        var isOurs = type?.Namespace?.StartsWith("Nop.Plugin.Payments.MultiSafepay", StringComparison.Ordinal) == true && type.Namespace.Contains("Tests", StringComparison.Ordinal) is false;
        var isShop = type?.Namespace is "Sandbox.Shop.Services" or "Sandbox.Shop.Data" && type.Name is not nameof(NodeProcess);
        return (isOurs || isShop) && !name.StartsWith('<') && name is not "PassAsync" and not "WaitAsync" and not "CountWriteAsync" ? $"{type!.Name}.{name}" : null;
    }

    [GeneratedRegex(@"^<+(\w+)>")]
    private static partial Regex MethodName();
}
