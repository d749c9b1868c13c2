using NacGateway.Aaa;
using NacGateway.Aaa.Scenarios;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Aaa.Scenarios;

public sealed class ScenarioFileTests
{
    private static string Folder => Path.Combine(Repository.Root, "seeds", "scenarios");

    public static TheoryData<string> Examples => [.. Directory.EnumerateFiles(Folder, "*.json").Select(path => Path.GetFileName(path)).Where(name => name != "challenge-users.json").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Each_example_can_be_read(string file)
    {
        var scenario = Scenario.Load(Path.Combine(Folder, file));

        Assert.NotEmpty(scenario.Steps);
        Assert.All(scenario.Steps, step => Assert.NotEmpty(step.Faults));
    }

    [Fact]
    public void The_example_of_users_asks_three_times() => Assert.Equal(3, UserDirectory.Load(Path.Combine(Folder, "challenge-users.json")).Users.Single().Challenges);

    [Theory]
    [InlineData("", "test.json:1: ")]
    [InlineData("[]", "test.json: ", "an object is expected")]
    [InlineData("{ }", "steps: a list")]
    [InlineData("""{ "steps": [ { } ] }""", "steps[0].faults: a list")]
    [InlineData("""{ "steps": [ { "faults": [ { } ] } ] }""", "steps[0].faults[0].fault: the name of a fault")]
    [InlineData("""{ "steps": [ { "faults": [ { "fault": "fire" } ] } ] }""", "there is no such fault. Known are loss")]
    [InlineData("""{ "steps": [ { "faults": [ { "fault": "loss", "off": "reply" } ] } ] }""", "faults[0].off: there is no such setting here. Known are fault, of")]
    [InlineData("""{ "steps": [ { "faults": [ { "fault": "loss", "of": "both" } ] } ] }""", "one of reply, request")]
    [InlineData("""{ "steps": [ { "faults": [ { "fault": "delay" } ] } ] }""", "faults[0].ms: a number of milliseconds")]
    [InlineData("""{ "steps": [ { "faults": [ { "fault": "delay", "distribution": "uniform", "leastMs": 9, "mostMs": 8 } ] } ] }""", "it is below leastMs")]
    [InlineData("""{ "steps": [ { "faults": [ { "fault": "delay", "ms": 120001 } ] } ] }""", "a whole number from 0 to 120000")]
    [InlineData("""{ "steps": [ { "faults": [ { "fault": "garbage", "count": 1001 } ] } ] }""", "a whole number from 1 to 1000")]
    [InlineData("""{ "steps": [ { "when": { "probability": 1.1 }, "faults": [ { "fault": "loss" } ] } ] }""", "when.probability: a number from 0 to 1")]
    [InlineData("""{ "steps": [ { "when": { "from": 3, "to": 2 }, "faults": [ { "fault": "loss" } ] } ] }""", "when.to: it is below from")]
    [InlineData("""{ "steps": [ { "when": { "port": "udp" }, "faults": [ { "fault": "loss" } ] } ] }""", "one of auth, acct or tls")]
    [InlineData("""{ "steps": [ { "when": { "code": "Access-Accept" }, "faults": [ { "fault": "loss" } ] } ] }""", "one of Access-Request")]
    [InlineData("""{ "steps": [ { "when": { "port": "tls" }, "faults": [ { "fault": "wrong-source-port" } ] } ] }""", "makes no sense inside TLS")]
    [InlineData("""{ "steps": [ { "faults": [ { "fault": "cut" } ] } ] }""", "only a connection can be cut")]
    [InlineData("""{ "steps": [ { "faults": [ { "fault": "unwritable" } ] } ] }""", "only accounting records are written")]
    public void What_is_wrong_is_named_with_its_place(string text, params string[] parts)
    {
        var problem = Assert.Throws<ScenarioException>(() => ScenarioReader.Read(text, "test.json"));

        Assert.All(parts, part => Assert.Contains(part, problem.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("*", "anybody", true)]
    [InlineData("a*c", "abbbc", true)]
    [InlineData("a*c", "abbb", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("*@example.org", "me@example.org", true)]
    [InlineData("*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    [InlineData("Alice", "alice", false)]
    public void Users_are_selected_by_pattern(string pattern, string user, bool fits) =>
        Assert.Equal(fits, new Selection { User = pattern }.Fits(ScenarioPort.Authentication, Radius.Packets.RadiusCode.AccessRequest, user, TimeSpan.Zero));

    [Fact]
    public void Times_and_ports_and_codes_are_selected()
    {
        var when = new Selection { Port = ScenarioPort.Accounting, Code = Radius.Packets.RadiusCode.AccountingRequest, After = TimeSpan.FromSeconds(2), Until = TimeSpan.FromSeconds(4) };

        Assert.True(when.Fits(ScenarioPort.Accounting, Radius.Packets.RadiusCode.AccountingRequest, "", TimeSpan.FromSeconds(2)));
        Assert.False(when.Fits(ScenarioPort.Accounting, Radius.Packets.RadiusCode.AccountingRequest, "", TimeSpan.FromSeconds(4)));
        Assert.False(when.Fits(ScenarioPort.Accounting, Radius.Packets.RadiusCode.StatusServer, "", TimeSpan.FromSeconds(3)));
        Assert.False(when.Fits(ScenarioPort.Authentication, Radius.Packets.RadiusCode.AccountingRequest, "", TimeSpan.FromSeconds(3)));
    }
}
