using System.Globalization;
using NacGateway.Core.Policy;
using Xunit;

namespace NacGateway.Core.Tests.Policy;

/// <summary>What holds for all rules: the first that holds wins, and no source of limits is ever exceeded. The seed is the test's argument.</summary>
public sealed class DecisionPropertyTests
{
    private static readonly string[] s_users = ["alice", "bob", "carol@example.org", "EXAMPLE\\dan"];
    private static readonly string[] s_conditions =
    [
        """{ "user": "alice" }""", """{ "user": "*o*" }""", """{ "realm": "example*" }""", """{ "realm": "" }""",
        """{ "group": "staff" }""", """{ "user": "*", "group": "guest" }""", """{ "address": "192.0.2.0/24" }""", """{ "device": "02" }""",
    ];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_first_rule_wins_and_the_strictest_limit_too(int seed)
    {
        var random = new Random(seed);
        var roles = Enumerable.Range(0, 4).Select(i => (Name: $"r{i}", Session: Maybe(random, 60, 90_000), Rate: Maybe(random, 1000, 9_000_000), Quota: Maybe(random, 1000, 9_000_000))).ToArray();
        var rules = Enumerable.Range(0, random.Next(6)).Select(i => (Name: $"rule {i}", When: s_conditions[random.Next(s_conditions.Length)], Role: random.Next(5) is var r && r < 4 ? $"r{r}" : null)).ToArray();
        var policy = Rules.Of(Document(roles, rules));
        var user = s_users[random.Next(s_users.Length)];
        string group = random.Next(2) == 0 ? "staff" : "guest";
        var sent = (Session: Maybe(random, 60, 90_000), Wispr: Maybe(random, 1000, 9_000_000), Chilli: Maybe(random, 1000, 9_000_000));
        List<string> attributes = [$"Class = {group}"];
        Add(attributes, "Session-Timeout", sent.Session);
        Add(attributes, "WISPr-Bandwidth-Max-Up", sent.Wispr);
        Add(attributes, "ChilliSpot-Bandwidth-Max-Up", sent.Chilli);
        var named = random.Next(3) == 0 ? $"r{random.Next(4)}" : null;
        attributes.AddRange(named is null ? [] : [$"Filter-Id = {named}"]);
        long localSession = random.Next(60, 90_000);

        var decision = policy.Judge(Rules.Query(user), new SessionLimits { SessionTimeout = TimeSpan.FromSeconds(localSession) }, attributes);

        var first = rules.FirstOrDefault(rule => Rules.When(rule.When).Judge(Rules.Query(user), null, $"Class = {group}").Rule is not null);
        Assert.Equal(first.Name, decision.Rule);
        Assert.Equal(first.Name is null || first.Role is not null, decision.IsGranted);
        if (decision.IsGranted)
        {
            var held = roles.Where(role => role.Name == first.Role || role.Name == named).ToArray();
            Assert.Equal(Least([sent.Session, localSession, .. held.Select(role => role.Session)]), (long?)decision.Limits.SessionTimeout?.TotalSeconds);
            Assert.Equal(Least([sent.Wispr, sent.Chilli * 1000, .. held.Select(role => role.Rate)]), decision.Limits.UploadRate);
            Assert.Equal(Least([.. held.Select(role => role.Quota)]), decision.Limits.TotalQuota);
        }
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 200)];

    private static string Document((string Name, long? Session, long? Rate, long? Quota)[] roles, (string Name, string When, string? Role)[] rules)
    {
        var rolesJson = roles.Select(role => $$"""{ "name": "{{role.Name}}", "limits": { "sessionTimeout": {{Text(role.Session)}}, "uploadRate": {{Number(role.Rate)}}, "totalQuota": {{Number(role.Quota)}} } }""");
        var rulesJson = rules.Select(rule => $$"""{ "name": "{{rule.Name}}", "when": {{rule.When}}, {{(rule.Role is null ? "\"refuse\": \"\"" : $"\"role\": \"{rule.Role}\"")}} }""");
        return $$"""{ "roles": [ {{string.Join(',', rolesJson)}} ] {{(rules.Length == 0 ? "" : $", \"rules\": [ {string.Join(',', rulesJson)} ]")}} }""";
    }

    private static void Add(List<string> attributes, string name, long? value)
    {
        if (value is not null)
        {
            attributes.Add(string.Create(CultureInfo.InvariantCulture, $"{name} = {value}"));
        }
    }

    private static long? Maybe(Random random, int least, int most) => random.Next(3) == 0 ? null : random.Next(least, most);

    private static long? Least(IEnumerable<long?> values) => values.Where(value => value is not null).Min();

    private static string Text(long? seconds) => seconds is { } value ? $"\"{TimeSpan.FromSeconds(value):c}\"" : "null";

    private static string Number(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "null";
}
