using Sandbox.Simulator;
using Sandbox.Simulator.Gateways;

namespace Sandbox.Tests.Simulator;

/// <summary>The rows of the simulator's method-statuses.tsv: what MultiSafepay documents that payments and refunds of each method show.</summary>
internal static class StatusTable
{
    public static IReadOnlyList<StatusRow> Rows { get; } =
    [
        .. Lines().Where(line => line.Length > 0 && line[0] != '#').Skip(1)
            .Select(line => line.Split('\t'))
            .Select(row => new StatusRow(row[0], row[1] == "payment", row[2], row[3])),
    ];

    private static IEnumerable<string> Lines()
    {
        using var reader = new StreamReader(typeof(SimulatorHost).Assembly.GetManifestResourceStream("method-statuses.tsv")!);
        while (reader.ReadLine() is { } line)
            yield return line;
    }
}

/// <summary>One situation of a payment, or of a refund's own transaction.</summary>
internal sealed record StatusRow(string Method, bool IsPayment, string Status, string FinancialStatus)
{
    public StatusPair Pair => new(Status, FinancialStatus);
}
