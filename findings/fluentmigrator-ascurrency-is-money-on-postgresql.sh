#!/usr/bin/env bash
#
# FluentMigrator 8.0.1, seen on 2026-11-30; not reported.
#
# Expected: AsCurrency() is a number with four decimals in each database, as it is in MySQL (DECIMAL(19,4)) and SQL Server (MONEY, which has four): enough for a dinar's thousandths
# and for prices with more decimals than are shown.
# Instead: in PostgreSQL it is the type money, whose number of decimals is that of the server's locale (PostgreSQL's manual, Monetary Types: lc_monetary, usually two), and whose
# text contains that locale's symbol. The same migration keeps 1.2345 in one database, and 1.23 in the other, without an error.
# What it means for a plugin of nopCommerce, whose migrations are FluentMigrator's: amounts are columns of AsDecimal(18, 4), as nopCommerce's own, or integers of minor units.
#
# Needs: the .NET SDK 10. No database: the statements are only generated.

set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > run.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="FluentMigrator.Runner.MySql" Version="[8.0.1]" />
    <PackageReference Include="FluentMigrator.Runner.Postgres" Version="[8.0.1]" />
    <PackageReference Include="FluentMigrator.Runner.SqlServer" Version="[8.0.1]" />
  </ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using FluentMigrator;
using FluentMigrator.Expressions;
using FluentMigrator.Infrastructure;
using FluentMigrator.Runner;
using Microsoft.Extensions.DependencyInjection;

Console.WriteLine($"FluentMigrator {typeof(Migration).Assembly.GetName().Version}");
var expected = new Dictionary<string, string> { ["MySQL 8"] = "DECIMAL(19,4)", ["SQL Server"] = "MONEY", ["PostgreSQL"] = "decimal(19,4)" };
var observed = new Dictionary<string, string>(expected) { ["PostgreSQL"] = "money" };
var isSame = true;
foreach (var database in expected.Keys)
{
    using var services = new ServiceCollection().AddFluentMigratorCore().ConfigureRunner(runner => _ = database switch
    {
        "MySQL 8" => runner.AddMySql8(),
        "PostgreSQL" => runner.AddPostgres(),
        _ => runner.AddSqlServer()
    }).BuildServiceProvider();
    var context = new MigrationContext(null!, services, null!);
    new AmountsTable().GetUpExpressions(context);
    var sql = services.GetServices<IMigrationGenerator>().Last().Generate((CreateTableExpression)context.Expressions.Single());
    var type = sql[(sql.IndexOf('(') + 1)..].Split(' ')[1];
    Console.WriteLine($"{database}: expected {expected[database]}, generated {type}");
    isSame &= type == observed[database];
}

if (isSame)
    return 0;
Console.Error.WriteLine("The behaviour has changed.");
return 1;

[Migration(1)]
public class AmountsTable : Migration
{
    public override void Up() => Create.Table("Amounts").WithColumn("Amount").AsCurrency().NotNullable();

    public override void Down() => Delete.Table("Amounts");
}
CS
dotnet run
