#!/usr/bin/env bash
#
# FluentMigrator 8.0.1, seen on 2026-11-30; not reported.
#
# Expected: a column of AsDateTime2(), the type for times with more precision than AsDateTime(), keeps fractions of a second in each database: DATETIME2 in SQL Server, timestamp in
# PostgreSQL, and DATETIME(6) in MySQL and MariaDB, which have had that since 5.6 and 5.3.
# Instead: MySQL's generators, that for MySQL 8 as well, make it DATETIME, the same as AsDateTime(): a column for whole seconds. MySQL rounds what is stored in it, MariaDB cuts it
# off (their reference manuals, fractional seconds), so that a time that was stored can be later or earlier than the one that was meant, without an error.
# What it means for a plugin of nopCommerce, whose migrations are FluentMigrator's: what is due at a stored time is to be rounded up to whole seconds before it is stored, and times
# are not compared for equality.
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
var expected = new Dictionary<string, string> { ["MySQL 5"] = "DATETIME(6)", ["MySQL 8"] = "DATETIME(6)", ["PostgreSQL"] = "timestamp", ["SQL Server"] = "DATETIME2" };
var observed = new Dictionary<string, string>(expected) { ["MySQL 5"] = "DATETIME", ["MySQL 8"] = "DATETIME" };
var isSame = true;
foreach (var database in expected.Keys)
{
    using var services = new ServiceCollection().AddFluentMigratorCore().ConfigureRunner(runner => _ = database switch
    {
        "MySQL 5" => runner.AddMySql5(),
        "MySQL 8" => runner.AddMySql8(),
        "PostgreSQL" => runner.AddPostgres(),
        _ => runner.AddSqlServer()
    }).BuildServiceProvider();
    var context = new MigrationContext(null!, services, null!);
    new TimesTable().GetUpExpressions(context);
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
public class TimesTable : Migration
{
    public override void Up() => Create.Table("Times").WithColumn("DueOnUtc").AsDateTime2().NotNullable();

    public override void Down() => Delete.Table("Times");
}
CS
dotnet run
