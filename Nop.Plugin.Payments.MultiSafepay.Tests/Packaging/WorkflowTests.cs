using System.Text.RegularExpressions;
using NUnit.Framework;
using YamlDotNet.RepresentationModel;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Packaging;

/// <summary>What the build server is told: by nobody who may do more than needed, never without end, and by the scripts that anybody can run.</summary>
[TestFixtureSource(nameof(Workflows))]
internal sealed partial class WorkflowTests(string file)
{
    private readonly string _text = File.ReadAllText(Repository.PathOf(".github", "workflows", file));

    private static IEnumerable<string> Workflows => Directory.EnumerateFiles(Repository.PathOf(".github", "workflows")).Select(Path.GetFileName).Order()!;

    private YamlMappingNode Root
    {
        get
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(_text));
            return (YamlMappingNode)yaml.Documents.Single().RootNode;
        }
    }

    private IEnumerable<(string Name, YamlMappingNode Job)> Jobs =>
        ((YamlMappingNode)Root["jobs"]).Children.Select(pair => (((YamlScalarNode)pair.Key).Value!, (YamlMappingNode)pair.Value));

    [Test]
    public void Only_a_job_that_runs_no_repository_code_has_write_permission()
    {
        Assert.That(((YamlMappingNode)Root["permissions"]).Children.Select(pair => $"{pair.Key}: {pair.Value}"), Is.EqualTo(new[] { "contents: read" }));
        foreach (var (name, job) in Jobs.Where(job => job.Job.Children.ContainsKey("permissions")))
            Assert.That(StepsOf(job, "uses"), Has.None.StartsWith("actions/checkout"), name);
    }

    [Test]
    public void Each_job_has_a_timeout_and_each_workflow_a_concurrency_rule()
    {
        Assert.That(Root.Children.Keys.Select(key => key.ToString()), Does.Contain("concurrency"));
        foreach (var (name, job) in Jobs)
            Assert.That(job.Children.Keys.Select(key => key.ToString()), Does.Contain("timeout-minutes"), name);
    }

    [Test]
    public void Each_action_is_official_and_pinned_to_a_major_version()
    {
        var actions = Action().Matches(_text).Select(match => match.Groups["action"].Value).ToList();
        Assert.That(actions, Is.Not.Empty.And.All.Match(@"^actions/[\w-]+@v\d+$"));
    }

    [Test]
    public void Each_called_script_exists()
    {
        var scripts = Script().Matches(_text).Select(match => match.Value).Distinct().ToList();
        Assert.That(scripts, Is.Not.Empty);
        foreach (var script in scripts)
            Assert.That(Repository.PathOf(script), Does.Exist);
    }

    // What somebody writes into a branch's or an issue's name must not become a command.
    [Test]
    public void No_run_command_contains_an_expression()
    {
        Assert.That(Jobs.SelectMany(job => StepsOf(job.Job, "run")), Is.Not.Empty.And.None.Contains("${{"));
    }

    private static IEnumerable<string> StepsOf(YamlMappingNode job, string kind) =>
        ((YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>().Where(step => step.Children.ContainsKey(kind)).Select(step => step[kind].ToString());

    [GeneratedRegex(@"uses:\s*(?<action>\S+)")]
    private static partial Regex Action();

    [GeneratedRegex(@"\.ci/[\w-]+")]
    private static partial Regex Script();
}
