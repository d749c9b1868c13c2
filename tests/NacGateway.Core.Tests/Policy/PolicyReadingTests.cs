using NacGateway.Core.Policy;
using NacGateway.Core.Policy.Documents;
using NacGateway.Core.Policy.Reading;
using Xunit;

namespace NacGateway.Core.Tests.Policy;

/// <summary>Rules in words, rule by rule, and where in the document an error stands.</summary>
public sealed class PolicyReadingTests
{
    [Theory]
    [InlineData("""{ "user": [ "a*", "b" ] }""", "the user is 'a*' or 'b'")]
    [InlineData("""{ "realm": "" }""", "the realm of the user's name is ''")]
    [InlineData("""{ "group": "staff" }""", "Class is 'staff'")]
    [InlineData("""{ "reply": { "attribute": "Reply-Message", "contains": "hello" } }""", "Reply-Message contains 'hello'")]
    [InlineData("""{ "reply": { "attribute": "Filter-Id", "startsWith": "x" } }""", "Filter-Id begins with 'x'")]
    [InlineData("""{ "reply": { "attribute": "Filter-Id", "present": true } }""", "the server sent Filter-Id")]
    [InlineData("""{ "reply": { "attribute": "Service-Type", "is": "Framed-User" } }""", "Service-Type is 'Framed'")]
    [InlineData("""{ "calledStation": "02-*" }""", "the Called-Station-Id is '02-*'")]
    [InlineData("""{ "ssid": "Guests" }""", "the SSID is 'Guests'")]
    [InlineData("""{ "device": "02-00-5e" }""", "the device's MAC address begins with '02005E'")]
    [InlineData("""{ "address": [ "192.0.2.0/24", "2001:db8::/32" ] }""", "the client's address is in '192.0.2.0/24' or '2001:db8::/32'")]
    [InlineData("""{ "time": { "days": "Mon-Fri", "from": "07:00", "to": "20:00", "timeZone": "UTC" } }""", "the time is within Mon,Tue,Wed,Thu,Fri 07:00-20:00 UTC")]
    public void A_condition_says_what_it_asks_for(string condition, string words)
    {
        var reading = PolicyReading.Of(Rules.When(condition));

        Assert.Equal([words], Assert.Single(reading.Rules).Conditions);
    }

    [Fact]
    public void A_role_says_what_it_limits_and_where_it_leads()
    {
        var reading = PolicyReading.Of(Rules.Of("""
            { "noAnswer": { "acceptedWithin": "7.00:00:00", "for": "01:00:00", "withoutPassword": true, "role": "guest" },
              "roles": [ { "name": "staff" },
                { "name": "guest", "limits": { "sessionTimeout": "08:00:00", "downloadRate": "20M" }, "devices": { "most": 2 }, "destinations": [ "deny 10.0.0.0/8", "allow *" ] } ] }
            """));

        Assert.Equal(["staff", "guest"], reading.Roles.Select(role => role.Name).ToArray());
        var guest = reading.Roles[1];
        Assert.Equal(["Session-Timeout 08:00:00", "download 20,000,000 bit/s", "2 devices at once, one more is refused"], guest.Limits);
        Assert.Equal(["deny 10.0.0.0/8", "allow *"], guest.Destinations);
        Assert.Null(reading.Roles[0].Destinations);
        Assert.StartsWith("When no server answers, those who had no role get role guest for 01:00:00", reading.Outage, StringComparison.Ordinal);
    }

    [Fact]
    public void The_trace_tells_of_each_rule_what_the_decision_made_of_it()
    {
        var policy = Rules.Of("""
            { "roles": [ { "name": "hit" } ], "rules": [
              { "name": "one", "when": { "user": "bob" }, "role": "hit" },
              { "name": "two", "when": { "user": "alice" }, "role": "hit" },
              { "name": "three", "role": "hit" } ] }
            """);

        var steps = policy.Trace(Rules.Query());

        Assert.Equal([RuleFate.Missed, RuleFate.Held, RuleFate.NotAsked], steps.Select(step => step.Fate));
        Assert.Equal("the user is not 'bob'", steps[0].Reason);
        Assert.Equal("two", policy.Judge(Rules.Query()).Rule);
    }

    [Theory]
    [InlineData("{\n  \"roles\": [\n    { \"name\": \"a\" },\n    { \"nam\": \"b\" }\n  ]\n}", 4)]
    [InlineData("{\n  // a comment\n  \"rules\": [\n    { \"name\": \"x\", \"when\": {\n      \"user\": [ \"a\",\n        7 ] }, \"refuse\": \"\" } ]\n}", 6)]
    [InlineData("{\n  \"roles\": [\n    { \"name\": }\n  ]\n}", 3)]
    [InlineData("{\n\n  \"timeZone\": \"Nowhere/There\"\n}", 3)]
    public void An_error_names_its_line(string document, int line)
    {
        Assert.False(PolicyDocument.TryParse(document, version: 1, out _, out var errors));

        Assert.Equal(line, DocumentLines.Of(document).Find(errors[0]));
    }

    [Fact]
    public void The_lines_of_two_documents_are_told_apart()
    {
        var changes = LineDifference.Of("a\nb\nc\nd\ne\n", "a\nB\nc\nd\nx\ne");

        Assert.Equal(
            [
                (LineChangeKind.Same, "a"), (LineChangeKind.Removed, "b"), (LineChangeKind.Added, "B"), (LineChangeKind.Same, "c"),
                (LineChangeKind.Same, "d"), (LineChangeKind.Added, "x"), (LineChangeKind.Same, "e"),
            ],
            changes.Select(line => (line.Kind, line.Text)));
        Assert.Equal((5, 6), (changes[^1].Old, changes[^1].New));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_told_of_two_texts_makes_one_of_the_other(int seed)
    {
        var random = new Random(seed);
        string[] old = [.. Enumerable.Range(0, 60).Select(_ => $"line {random.Next(20)}")];
        string[] @new = [.. Enumerable.Range(0, 60).Select(_ => $"line {random.Next(20)}")];

        var changes = LineDifference.Of(string.Join('\n', old), string.Join('\n', @new));

        Assert.Equal(old, changes.Where(line => line.Kind != LineChangeKind.Added).Select(line => line.Text).ToArray());
        Assert.Equal(@new, changes.Where(line => line.Kind != LineChangeKind.Removed).Select(line => line.Text).ToArray());
    }

    [Fact]
    public void Lines_far_from_a_change_are_counted()
    {
        var old = string.Join('\n', Enumerable.Range(0, 40));

        var changes = LineDifference.Excerpt(old, old.Replace("20", "twenty", StringComparison.Ordinal));

        Assert.Equal(1 + 3 + 2 + 3 + 1, changes.Count);
        Assert.Equal("17 lines as before", changes[0].Text);
        Assert.Equal("16 lines as before", changes[^1].Text);
    }
}
