using NacGateway.Core.Policy;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Policy;

public sealed class AccessDecisionTests
{
    private const string Roles = """
        "roles": [
          { "name": "guest", "limits": { "sessionTimeout": "01:00:00", "uploadRate": "1M", "interimInterval": "00:05:00" }, "devices": { "most": 3 }, "destinations": [ "allow *" ] },
          { "name": "slow", "limits": { "sessionTimeout": "02:00:00", "uploadRate": "500k", "totalQuota": "1G" }, "devices": { "most": 3, "oneMore": "endOldest" } },
          { "name": "staff" }, { "name": "c" }, { "name": "d" }, { "name": "e" }
        ]
        """;

    private static readonly SessionLimits s_local = new() { SessionTimeout = TimeSpan.FromHours(12), IdleTimeout = TimeSpan.FromMinutes(30), InterimInterval = TimeSpan.FromMinutes(10) };

    [Fact]
    public void The_first_rule_that_holds_wins_and_the_words_tell_of_those_before()
    {
        var policy = Rules.Of($$"""
            { {{Roles}}, "rules": [
              { "name": "night", "when": { "time": { "from": "22:00", "to": "06:00" } }, "refuse": "Closed." },
              { "name": "by name", "when": { "user": "alice" }, "role": "guest" },
              { "name": "all", "role": "staff" } ] }
            """);

        var decision = policy.Judge(Rules.Query(), s_local, "Session-Timeout = 28800");

        Assert.Equal("by name", decision.Rule);
        Assert.Equal("guest", decision.Limits.Role);
        Assert.Equal(7, decision.PolicyVersion);
        Assert.Equal(
            "Rule 'night' did not hold: Mon 08:00 is outside 22:00-06:00. Rule 'by name' held. It gives role guest. Access was granted. "
            + "Applied: Session-Timeout 01:00:00 (role guest); Idle-Timeout 00:30:00 (the settings); reports every 00:05:00 (role guest); "
            + "upload 1,000,000 bit/s (role guest); 3 devices at once, one more is refused (role guest). Only the destinations of role guest may be reached.",
            decision.Words);
    }

    [Fact]
    public void A_rule_that_refuses_says_what_the_person_is_told()
    {
        var policy = Rules.Of("""{ "rules": [ { "name": "night", "when": { "time": { "from": "06:00", "to": "22:00" } }, "refuse": "Closed until ten." } ] }""");

        var decision = policy.Judge(Rules.Query());

        Assert.False(decision.IsGranted);
        Assert.Equal("Closed until ten.", decision.Message);
        Assert.Null(decision.Problem);
        Assert.Equal("night", decision.ToRecord("1", "alice", default, "7K2-91F:").Rule);
        Assert.Null(decision.ToRecord("1", "alice", default, "7K2-91F:").Role);
    }

    [Theory]
    [Requirement("RATT-15")]
    [InlineData("", "refused")]
    [InlineData("""  "unknownRoles": "refuse", """, "refused")]
    [InlineData("""  "unknownRoles": "ignore", """, "granted")]
    public void A_role_that_the_server_names_and_nobody_knows_is_refused_unless_the_rules_say_otherwise(string setting, string expected)
    {
        var decision = Rules.Of($$"""{ {{setting}} {{Roles}} }""").Judge(Rules.Query(), s_local, "Filter-Id = engineers");

        Assert.Equal(expected == "granted", decision.IsGranted);
        Assert.Equal(expected == "granted", decision.Problem is null);
        Assert.Contains("role 'engineers'", decision.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_rule_and_role_what_the_server_names_is_passed_over()
    {
        var decision = AccessPolicy.None.Judge(Rules.Query(), s_local, "Filter-Id = engineers");

        Assert.True(decision.IsGranted);
        Assert.Null(decision.Limits.Role);
        Assert.Contains("passed over", decision.Words, StringComparison.Ordinal);
    }

    [Theory]
    [Requirement("RATT-15")]
    [InlineData("Filter-Id = slow", "Filter-Id = GUEST")]
    [InlineData("Filter-Id = guest", "Aruba-User-Role = slow")]
    [InlineData("HP-User-Role = slow", "Aruba-User-Role = guest")]
    public void Several_roles_hold_together_and_the_strictest_limit_of_each_kind_counts(string one, string other)
    {
        var decision = Rules.Of($$"""{ {{Roles}} }""").Judge(Rules.Query(), s_local, one, other);

        Assert.Equal("guest+slow", string.Join('+', decision.Limits.Role!.Split('+').Order(StringComparer.Ordinal)));
        Assert.Equal(TimeSpan.FromHours(1), decision.Limits.SessionTimeout);
        Assert.Equal(500_000, decision.Limits.UploadRate);
        Assert.Equal(1_000_000_000, decision.Limits.TotalQuota);
        Assert.Equal(new DeviceRule(3, EndOldest: false), decision.Devices);
    }

    [Fact]
    public void The_roles_of_the_rule_and_of_the_server_hold_together()
    {
        var decision = Rules.Of($$"""{ {{Roles}}, "rules": [ { "name": "all", "role": "guest" } ] }""").Judge(Rules.Query(), s_local, "Filter-Id = slow");

        Assert.Equal("guest+slow", decision.Limits.Role);
    }

    [Fact]
    public void More_roles_than_a_session_can_carry_are_refused()
    {
        var decision = Rules.Of($$"""{ {{Roles}}, "rules": [ { "name": "all", "role": [ "guest", "slow", "c" ] } ] }""").Judge(Rules.Query(), s_local, "Filter-Id = d", "Filter-Id = e");

        Assert.False(decision.IsGranted);
        Assert.Contains("5 roles", decision.Problem, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("RATT-16")]
    public void An_accept_that_cannot_be_honoured_is_refused_without_asking_the_rules()
    {
        var decision = Rules.Of($$"""{ {{Roles}}, "rules": [ { "name": "all", "role": "guest" } ] }""").Judge(Rules.Query(), s_local, "NAS-Filter-Rule = \"permit in ip from any to any\"");

        Assert.False(decision.IsGranted);
        Assert.Contains("NAS-Filter-Rule", decision.Problem, StringComparison.Ordinal);
        Assert.Null(decision.Rule);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(20, null, 1200)]
    [InlineData(2, null, 300)]
    [InlineData(null, "guest", 300)]
    [InlineData(20, "guest", 1200)]
    public void The_interval_of_reports_of_the_role_counts_instead_of_the_settings_and_a_longer_one_of_the_server_wins(int? sentMinutes, string? role, int? expected)
    {
        var attributes = new List<string>();
        if (sentMinutes is { } minutes)
        {
            attributes.Add($"Acct-Interim-Interval = {minutes * 60}");
        }

        var json = role is null ? "{}" : $$"""{ {{Roles}}, "rules": [ { "name": "all", "role": "{{role}}" } ] }""";

        var decision = Rules.Of(json).Judge(Rules.Query(), new SessionLimits { InterimInterval = sentMinutes == 2 ? TimeSpan.FromMinutes(5) : null }, attributes);

        Assert.Equal(expected, (int?)decision.Limits.InterimInterval?.TotalSeconds);
    }

    [Fact]
    public void Words_fit_the_record_whatever_the_rules_and_the_user_are()
    {
        var rules = string.Join(',', Enumerable.Range(0, 400).Select(i => $$"""{ "name": "{{new string('n', 100)}}{{i}}", "when": { "user": "{{new string('u', 250)}}" }, "refuse": "" }"""));

        var decision = Rules.Of($$"""{ "rules": [ {{rules}} ] }""").Judge(Rules.Query(new string('x', 253)));

        Assert.InRange(decision.Words.Length, 1000, 4000);
        Assert.Contains("more rules did not hold. No rule held.", decision.Words, StringComparison.Ordinal);
    }
}
