using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Runtime.Versioning;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Packaging;

/// <summary>build.ps1: what it returns, what it refuses, and what it says of itself.</summary>
[TestFixture]
public class BuildScriptTests
{
    private static readonly string[] _commonParameters = [.. Cmdlet.CommonParameters, .. Cmdlet.OptionalCommonParameters];

    private string _folder = string.Empty;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("multisafepay-script-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void The_script_returns_the_zip_and_nothing_else()
    {
        Assert.That(BuiltPackage.ScriptOutput, Has.Count.EqualTo(1));
        Assert.That(BuiltPackage.ScriptOutput[0], Is.InstanceOf<FileInfo>());
        Assert.That(((FileInfo)BuiltPackage.ScriptOutput[0]).FullName, Is.EqualTo(BuiltPackage.ZipPath));
    }

    [Test]
    public void The_zip_is_named_after_the_version() =>
        Assert.That(Path.GetFileName(BuiltPackage.ZipPath), Is.EqualTo($"Payments.MultiSafepay_{PluginVersion.OfBuild}.zip"));

    [TestCase("Configuration", "Fast")]
    [TestCase("Version", "four")]
    [TestCase("Version", "4.90")]
    [TestCase("NopCommerceDir", "")]
    [TestCase("Output", "")]
    [TestCase("NopVersion", "4.90")]
    public void An_invalid_parameter_is_rejected_by_name(string parameter, string value)
    {
        var exception = Assert.Throws(Is.InstanceOf<ParameterBindingException>(), () => BuildScript.Run(Repository.Root, new Hashtable { [parameter] = value }));
        Assert.That(exception!.Message, Does.Contain(parameter));
    }

    [Test]
    public void A_folder_without_nopCommerce_is_rejected_before_anything_is_built()
    {
        var exception = Assert.Throws<RuntimeException>(() => BuildScript.Run(Repository.Root, new Hashtable { ["NopCommerceDir"] = _folder }));
        Assert.That(exception!.Message, Does.Contain("Nop.Core.dll").And.Contain(_folder));
    }

    [Test]
    [NonParallelizable]
    public void A_missing_SDK_is_reported()
    {
        var exception = Assert.Throws<RuntimeException>(() => BuildScript.Run(Repository.Root, [], new Dictionary<string, string> { ["PATH"] = _folder }));
        Assert.That(exception!.Message, Does.Contain(".NET SDK 10"));
    }

    [Test]
    [NonParallelizable]
    [Platform(Exclude = "Win", Reason = "The stand-in for dotnet is a shell script.")]
    [UnsupportedOSPlatform("windows")]
    public void A_failed_build_is_reported_with_its_errors()
    {
        StandInForDotnet("echo 'X.cs(1,1): error CS1002: ; expected [X.csproj]'", "echo 'X.cs(1,1): error CS1002: ; expected [X.csproj]'", "exit 3");
        var exception = Assert.Throws<RuntimeException>(() => BuildScript.Run(Repository.Root, [], new Dictionary<string, string> { ["PATH"] = _folder }));
        Assert.That(exception!.Message, Does.Contain("exit code 3"));
        Assert.That(exception.Message.Split("CS1002"), Has.Length.EqualTo(2), "an error is reported once");
    }

    [Test]
    [NonParallelizable]
    [Platform(Exclude = "Win", Reason = "The stand-in for dotnet is a shell script.")]
    [UnsupportedOSPlatform("windows")]
    public void The_parameters_are_passed_to_the_build()
    {
        StandInForDotnet($"printf '%s\\n' \"$@\" > '{_folder}/arguments'", $"echo \"Plugin -> {_folder}/a b.zip\"");
        File.WriteAllText(Path.Combine(_folder, "Nop.Core.dll"), "");
        var parameters = new Hashtable { ["Configuration"] = "Debug", ["Version"] = "4.90.77", ["NopCommerceDir"] = _folder, ["Output"] = Path.Combine(_folder, "to here") };

        var returned = BuildScript.Run(Repository.Root, parameters, new Dictionary<string, string> { ["PATH"] = _folder });

        Assert.That(File.ReadAllLines(Path.Combine(_folder, "arguments")), Is.SupersetOf(new[]
        {
            "build", Repository.PathOf("Nop.Plugin.Payments.MultiSafepay"), "-t:Package", "Debug", "-p:PackageConfiguration=Debug", "-p:PluginVersion=4.90.77",
            $"-p:NopCommerceDir={_folder}", $"-p:PackageDir={_folder}/to here"
        }));
        Assert.That(((FileInfo)returned.Single()).FullName, Is.EqualTo($"{_folder}/a b.zip"));
    }

    [Test]
    public void The_help_explains_every_parameter_and_shows_examples_that_work()
    {
        var script = Parse();
        var help = script.GetHelpContent();
        Assert.That(help, Is.Not.Null, "comment-based help");

        var parameters = script.ParamBlock.Parameters.Select(parameter => parameter.Name.VariablePath.UserPath).ToList();
        Assert.That(parameters, Is.EquivalentTo(new[] { "Configuration", "Version", "NopCommerceDir", "Output" }));
        Assert.Multiple(() =>
        {
            Assert.That(help.Synopsis.Trim(), Is.Not.Empty);
            Assert.That(help.Description.Trim(), Is.Not.Empty);
            Assert.That(help.Parameters.Keys, Is.EquivalentTo(parameters.Select(name => name.ToUpperInvariant())));
            Assert.That(help.Parameters.Values, Has.All.Matches<string>(text => text.Trim().Length > 20));
            Assert.That(help.Examples, Is.Not.Empty);
        });

        foreach (var example in help.Examples)
        {
            var call = Parser.ParseInput(example.Trim().Split('\n')[0], out _, out var errors);
            Assert.That(errors, Is.Empty, example);
            var command = (CommandAst)call.Find(node => node is CommandAst, searchNestedScriptBlocks: true);
            Assert.That(command.GetCommandName(), Is.EqualTo("./build.ps1"), example);
            Assert.That(command.CommandElements.OfType<CommandParameterAst>().Select(parameter => parameter.ParameterName), Is.SubsetOf(parameters), example);
        }
    }

    [Test]
    public void The_script_uses_strict_mode_and_declares_parameter_types()
    {
        var script = Parse();
        var commands = script.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>().Select(command => command.GetCommandName());
        Assert.That(commands, Does.Contain("Set-StrictMode"));
        Assert.That(script.ParamBlock.Parameters.Select(parameter => parameter.StaticType), Has.All.EqualTo(typeof(string)));
        Assert.That(script.ParamBlock.Parameters.Select(parameter => parameter.Name.VariablePath.UserPath).Intersect(_commonParameters), Is.Empty);
    }

    private static ScriptBlockAst Parse()
    {
        var script = Parser.ParseFile(Repository.PathOf("build.ps1"), out _, out var errors);
        Assert.That(errors, Is.Empty);
        return script;
    }

    [UnsupportedOSPlatform("windows")]
    private void StandInForDotnet(params string[] lines)
    {
        var file = Path.Combine(_folder, "dotnet");
        File.WriteAllLines(file, ["#!/bin/sh", .. lines]);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
