using System.Text.RegularExpressions;

namespace Benchmarks.RealShop;

/// <summary>What a request asked of the database.</summary>
/// <param name="All">Each statement by what it is and the table that it names first: <c>SELECT Order</c>.</param>
internal sealed record Statements(IReadOnlyList<string> All)
{
    public int Reads => All.Count(statement => statement.StartsWith("SELECT", StringComparison.Ordinal) || statement.StartsWith("WITH", StringComparison.Ordinal));

    public int Writes => All.Count - Reads;

    /// <summary>What is here and not there: <c>2 × SELECT Address</c>.</summary>
    public string Beyond(Statements other) => string.Join(", ", All.CountBy(statement => statement)
        .Select(mine => (mine.Key, More: mine.Value - other.All.Count(theirs => theirs == mine.Key)))
        .Where(mine => mine.More > 0)
        .Select(mine => FormattableString.Invariant($"{mine.More} × {mine.Key}")));
}

/// <summary>
/// The log of a database that writes each statement before it executes it: PostgreSQL with <c>log_statement = all</c> and without the logging collector, or MariaDB's general log.
/// Nobody else may use the database meanwhile.
/// </summary>
internal sealed partial class DatabaseLog(string path)
{
    /// <summary>Counts the statements of an action.</summary>
    public async Task<Statements> CountAsync(Func<Task> action)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(0, SeekOrigin.End);
        await action();
        using var reader = new StreamReader(file);
        return new([.. Entry().Split(await reader.ReadToEndAsync()).Skip(1).Where(text => Verb().IsMatch(text))
            .Select(text => $"{Verb().Match(text).Groups[1].Value.ToUpperInvariant()} {Table().Match(text).Groups[1].Value}")]);
    }

    // Where a statement begins: "LOG:  execute <unnamed>: ", "LOG:  statement: " (PostgreSQL); a tab, the connection's number, "Query" or "Execute" and a tab (MariaDB).
    [GeneratedRegex(@"LOG:  (?:statement|execute [^:\n]+): |\t *\d+ (?:Query|Execute)\t")]
    private static partial Regex Entry();

    // BEGIN, COMMIT, SET and the like are no statements about data.
    [GeneratedRegex(@"\A[\s(]*(SELECT|WITH|INSERT|UPDATE|DELETE|MERGE|REPLACE)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Verb();

    [GeneratedRegex(@"\b(?:FROM|INTO|UPDATE)\s+(?:""?public""?\.)?[""`]?(\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex Table();
}
