using NacGateway.Core.Policy.Documents;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Policy;

public sealed class PolicyDocumentTests
{
    [Theory]
    [InlineData("""{ "rolls": [] }""", "rolls is not known", "roles")]
    [InlineData("""{ "roles": [ { "name": "a", "limits": { "sessionTimeOut": "01:00:00" } } ] }""", "roles[0].limits.sessionTimeOut is not known", "sessionTimeout")]
    [InlineData("""{ "roles": [ { "name": "a" }, { "name": "A" } ] }""", "roles[1] has the name", "of its own")]
    [InlineData("""{ "roles": [ { "name": "a+b" } ] }""", "roles[0].name must not have '+'", "another name")]
    [InlineData("""{ "roles": [ { "limits": {} } ] }""", "roles[0] has no name", "Write")]
    [InlineData("""{ "roles": [ { "name": "a", "limits": { "sessionTimeout": "00:00:30" } } ] }""", "roles[0].limits.sessionTimeout is not a duration", "00:01:00")]
    [InlineData("""{ "roles": [ { "name": "a", "limits": { "uploadRate": "fast" } } ] }""", "roles[0].limits.uploadRate is not a number of bits", "20M")]
    [InlineData("""{ "roles": [ { "name": "a", "limits": { "totalQuota": -5 } } ] }""", "roles[0].limits.totalQuota is not a number of octets", "above 0")]
    [InlineData("""{ "roles": [ { "name": "a", "devices": { "most": 0 } } ] }""", "roles[0].devices.most is not a whole number", "from 1")]
    [InlineData("""{ "roles": [ { "name": "a", "devices": { "most": 1, "oneMore": "drop" } } ] }""", "roles[0].devices.oneMore is not known", "endOldest")]
    [InlineData("""{ "roles": [ { "name": "a", "destinations": [ "allow 10.0.0.0/40" ] } ] }""", "roles[0].destinations[0] 'allow 10.0.0.0/40' is no line", "deny 10.0.0.0/8")]
    [InlineData("""{ "roles": [ { "name": "a", "destinations": [] } ] }""", "roles[0].destinations is not a list of 1", "remove it")]
    [InlineData("""{ "roles": [ { "name": "a", "noAnswer": { "acceptedWithin": "1.00:00:00", "for": "01:00:00" } } ] }""", "roles[0].noAnswer must have \"withoutPassword\": true", "risk")]
    [InlineData("""{ "roles": [ { "name": "a", "noAnswer": { "acceptedWithin": "1.00:00:00", "for": "2.00:00:00", "withoutPassword": true } } ] }""", "roles[0].noAnswer.for is not a duration", "1.00:00:00")]
    [InlineData("""{ "roles": [ { "name": "a", "noAnswer": { "acceptedWithin": "1.00:00:00", "for": "01:00:00", "withoutPassword": true, "role": "b" } } ] }""", "roles[0] names role 'b' in noAnswer.role", "one of a")]
    [InlineData("""{ "noAnswer": { "acceptedWithin": "1.00:00:00", "for": "01:00:00", "withoutPassword": true } }""", "noAnswer needs", "\"role\"")]
    [InlineData("""{ "rules": [ { "name": "x", "role": "nobody" } ] }""", "rules[0] names role 'nobody'", "Add it to roles")]
    [InlineData("""{ "rules": [ { "name": "x", "refuse": "" }, { "name": "X", "refuse": "" } ] }""", "rules[1] has the name", "of its own")]
    [InlineData("""{ "rules": [ { "name": "x" } ] }""", "rules[0] says neither", "\"refuse\"")]
    [InlineData("""{ "roles": [ { "name": "a" } ], "rules": [ { "name": "x", "role": "a", "refuse": "" } ] }""", "rules[0] has both", "Keep one")]
    [InlineData("""{ "rules": [ { "name": "x", "when": {}, "refuse": "" } ] }""", "rules[0].when has no condition", "always holds")]
    [InlineData("""{ "rules": [ { "name": "x", "when": { "ssid": "a", "ssid": "b" }, "refuse": "" } ] }""", "rules[0].when.ssid is there twice", "Keep one")]
    [InlineData("""{ "rules": [ { "name": "x", "when": { "device": "printer" }, "refuse": "" } ] }""", "rules[0].when.device 'printer' is no MAC", "02-00-5E")]
    [InlineData("""{ "rules": [ { "name": "x", "when": { "address": [ "192.0.2.1", "10.1" ] }, "refuse": "" } ] }""", "rules[0].when.address[1] '10.1' is no address", "192.0.2.0/24")]
    [InlineData("""{ "rules": [ { "name": "x", "when": { "time": { "days": "Monday" } }, "refuse": "" } ] }""", "rules[0].when.time.days 'Monday' is no", "Mon-Fri")]
    [InlineData("""{ "rules": [ { "name": "x", "when": { "time": { "from": "25:00" } }, "refuse": "" } ] }""", "rules[0].when.time.from '25:00' is no time", "24:00")]
    [InlineData("""{ "rules": [ { "name": "x", "when": { "time": { "from": "08:00", "to": "08:00" } }, "refuse": "" } ] }""", "rules[0].when.time begins when it ends", "whole day")]
    [InlineData("""{ "timeZone": "Middle/Earth" }""", "timeZone 'Middle/Earth' is no time zone", "Europe/Berlin")]
    [InlineData("""{ "groupAttribute": "Klass" }""", "groupAttribute 'Klass' is not in the dictionary", "Filter-Id")]
    [InlineData("""{ "groupAttribute": "User-Password" }""", "groupAttribute 'User-Password' is secret", "plain value")]
    [InlineData("""{ "rules": [ { "name": "x", "when": { "reply": { "attribute": "Session-Timeout", "contains": "6" } }, "refuse": "" } ] }""", "rules[0].when.reply.contains cannot be asked", "\"is\"")]
    [InlineData("""{ "rules": [ { "name": "x", "when": { "reply": { "attribute": "Session-Timeout", "is": "soon" } }, "refuse": "" } ] }""", "rules[0].when.reply.is cannot be compared", "a number")]
    [InlineData("""{ "rules": [ { "name": "x", "when": { "reply": { "attribute": "Class" } }, "refuse": "" } ] }""", "rules[0].when.reply must have", "one of")]
    [InlineData("""{ "unknownRoles": "allow" }""", "unknownRoles is not known", "\"refuse\" or \"ignore\"")]
    [InlineData("""[ ]""", "document is not an object", "rules")]
    [InlineData("""{ "roles": [ { """, "document is no JSON: line 1", "Correct it")]
    [InlineData("""{ "roles": [ { "name": "\ud800" } ] }""", "document has a text that is no Unicode", "escapes")]
    public void Each_error_names_its_place_and_the_remedy(string json, string place, string remedy)
    {
        Assert.False(PolicyDocument.TryParse(json, 1, out var policy, out var errors));

        Assert.Null(policy);
        Assert.Contains(errors, error => error.StartsWith(place, StringComparison.Ordinal) && error.Contains(remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void All_errors_are_found_at_once()
    {
        const string Json = """{ "timeZone": "x", "roles": [ { "name": "a", "limits": { "idleTimeout": 5, "uploadRate": "0" } } ], "rules": [ { "name": "r", "role": [ "a", "b" ], "when": { "device": "zz" } } ] }""";

        Assert.False(PolicyDocument.TryParse(Json, 1, out _, out var errors));

        Assert.Equal(5, errors.Count);
    }

    [Fact]
    public void An_empty_document_is_right_and_has_no_rules()
    {
        Assert.True(PolicyDocument.TryParse("{}", 3, out var policy, out _));

        Assert.True(policy.IsEmpty);
        Assert.Equal(3, policy.Version);
    }

    [Fact]
    public void Comments_and_amounts_are_read()
    {
        var policy = Rules.Of("""
            {
              // a role
              "roles": [ { "name": "guest", "limits": { "sessionTimeout": "1.00:00:00", "uploadRate": "1.5M", "downloadRate": 500000, "totalQuota": "2G", "throttleRate": "64k" }, "devices": { "most": 2, "oneMore": "endOldest" }, }, ],
            }
            """);

        Assert.True(policy.TryFindRole("GUEST", out var role));
        Assert.Equal(TimeSpan.FromDays(1), role.Limits.SessionTimeout);
        Assert.Equal(1_500_000, role.Limits.UploadRate);
        Assert.Equal(500_000, role.Limits.DownloadRate);
        Assert.Equal((2_000_000_000, 64_000), (role.Limits.TotalQuota, role.Limits.ThrottleRate));
        Assert.Equal(new NacGateway.Core.Policy.DeviceRule(2, EndOldest: true), role.Devices);
    }

    [Fact]
    public void The_seed_is_right_and_keeps_nobody_out()
    {
        var policy = Rules.Of(File.ReadAllText(Path.Combine(Repository.Root, "seeds", "policies.json")));

        Assert.All(["alice", "bob", "carol@guest.example.org", "EXAMPLE\\dan"], user => Assert.True(policy.Judge(Rules.Query(user)).IsGranted));
        Assert.Equal("guest", policy.Judge(Rules.Query("carol@guest.example.org")).Limits.Role);
        Assert.Null(policy.Judge(Rules.Query()).Limits.Role);
        Assert.False(policy.HasOutageRule);
    }

    [Fact]
    public void What_is_too_long_is_not_parsed()
    {
        Assert.False(PolicyDocument.TryParse(new string(' ', PolicyDocument.Longest + 1), 1, out _, out var errors));

        Assert.StartsWith("document has 1000001 characters", Assert.Single(errors), StringComparison.Ordinal);
    }
}
