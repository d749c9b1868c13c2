using Xunit;

namespace NacGateway.Core.Tests.Policy;

public sealed class ConditionTests
{
    [Theory]
    [InlineData("""{ "user": "al*" }""", "alice", true)]
    [InlineData("""{ "user": [ "bob", "ALICE" ] }""", "alice", true)]
    [InlineData("""{ "user": "ali" }""", "alice", false)]
    [InlineData("""{ "user": "EXAMPLE\\*" }""", "example\\alice", true)]
    [InlineData("""{ "realm": "example.org" }""", "alice@Example.ORG", true)]
    [InlineData("""{ "realm": "example.org" }""", "alice@other.example.org", false)]
    [InlineData("""{ "realm": "*.example.org" }""", "alice@other.example.org", true)]
    [InlineData("""{ "realm": "example.org" }""", "a@b@example.org", true)]
    [InlineData("""{ "realm": "example" }""", "EXAMPLE\\alice", true)]
    [InlineData("""{ "realm": "example" }""", "alice", false)]
    [InlineData("""{ "realm": "" }""", "alice", true)]
    [InlineData("""{ "realm": "" }""", "alice@example.org", false)]
    [InlineData("""{ "realm": [ "", "example.org" ], "user": "bob*" }""", "alice", false)]
    public void The_user_and_the_realm(string when, string user, bool expected) => Check(when, Rules.Query(user), expected);

    [Theory]
    [InlineData("""{ "ssid": "Guests" }""", "02-00-5E-00-53-01:Guests", true)]
    [InlineData("""{ "ssid": "Guests" }""", "02:00:5e:00:53:01:Guests", true)]
    [InlineData("""{ "ssid": "guests" }""", "02-00-5E-00-53-01:Guests", false)]
    [InlineData("""{ "ssid": "Gu*:2" }""", "02-00-5E-00-53-01:Guests:2", true)]
    [InlineData("""{ "ssid": "*" }""", "02-00-5E-00-53-01", false)]
    [InlineData("""{ "ssid": "*" }""", "an access point:Guests", false)]
    [InlineData("""{ "ssid": "*" }""", null, false)]
    [InlineData("""{ "calledStation": "02-00-5e-*" }""", "02-00-5E-00-53-01:Guests", true)]
    [InlineData("""{ "calledStation": "02-00-5e" }""", "02-00-5E-00-53-01:Guests", false)]
    [InlineData("""{ "calledStation": "*" }""", null, false)]
    public void The_place(string when, string? called, bool expected) => Check(when, Rules.Query(called: called), expected);

    [Theory]
    [InlineData("""{ "device": "02-00-5E-00-53-01" }""", "02-00-5E-00-53-01", true)]
    [InlineData("""{ "device": "0200.5e00.5301" }""", "02-00-5E-00-53-01", true)]
    [InlineData("""{ "device": "02:00:5E" }""", "02-00-5E-00-53-01", true)]
    [InlineData("""{ "device": "02:00:5F" }""", "02-00-5E-00-53-01", false)]
    [InlineData("""{ "device": "02:00:5E" }""", null, false)]
    [InlineData("""{ "address": "192.0.2.0/24" }""", null, true)]
    [InlineData("""{ "address": [ "2001:db8::/32", "192.0.2.8" ] }""", null, false)]
    public void The_device(string when, string? device, bool expected) => Check(when, Rules.Query(device: device), expected);

    [Theory]
    [InlineData("""{ "group": "staff" }""", "Class = Staff", true)]
    [InlineData("""{ "group": "staff" }""", "Class = staffroom", false)]
    [InlineData("""{ "reply": { "attribute": "Class", "contains": "ou=interns" } }""", "Class = \"CN=x,OU=Interns,DC=y\"", true)]
    [InlineData("""{ "reply": { "attribute": "Class", "startsWith": "ou=" } }""", "Class = \"CN=x,OU=Interns\"", false)]
    [InlineData("""{ "reply": { "attribute": "Class", "is": "0x0001ff" } }""", "Class = 0x0001ff", true)]
    [InlineData("""{ "reply": { "attribute": "Session-Timeout", "is": "3600" } }""", "Session-Timeout = 3600", true)]
    [InlineData("""{ "reply": { "attribute": "Session-Timeout", "is": [ "60", "3601" ] } }""", "Session-Timeout = 3600", false)]
    [InlineData("""{ "reply": { "attribute": "Service-Type", "is": "Framed-User" } }""", "Service-Type = Framed-User", true)]
    [InlineData("""{ "reply": { "attribute": "Framed-IP-Address", "is": "192.0.2.9" } }""", "Framed-IP-Address = 192.0.2.9", true)]
    [InlineData("""{ "reply": { "attribute": "WISPr-Location-Name", "startsWith": "Lobby, \"1\"" } }""", "WISPr-Location-Name = \"lobby, \\\"1\\\" east\"", true)]
    [InlineData("""{ "reply": { "attribute": "Tunnel-Private-Group-ID", "is": "20" } }""", "Tunnel-Private-Group-ID:1 = 20", true)]
    [InlineData("""{ "reply": { "attribute": "Reply-Message", "present": true } }""", "Class = a", false)]
    [InlineData("""{ "reply": { "attribute": "Reply-Message", "present": true } }""", "Reply-Message = hi", true)]
    [InlineData("""{ "reply": [ { "attribute": "Class", "is": "a" }, { "attribute": "Reply-Message", "is": "hi" } ] }""", "Reply-Message = hi", false)]
    public void Attributes_of_the_answer(string when, string attribute, bool expected) => Check(when, Rules.Query(), expected, attribute);

    [Theory]
    [InlineData("""{ "days": "Mon-Fri", "from": "08:00", "to": "18:00" }""", "2026-03-02T08:00:00Z", true)]
    [InlineData("""{ "days": "Mon-Fri", "from": "08:00", "to": "18:00" }""", "2026-03-02T07:59:59Z", false)]
    [InlineData("""{ "days": "Mon-Fri", "from": "08:00", "to": "18:00" }""", "2026-03-02T18:00:00Z", false)]
    [InlineData("""{ "days": "Mon-Fri", "from": "08:00", "to": "18:00" }""", "2026-03-01T12:00:00Z", false)]
    [InlineData("""{ "days": [ "Fri-Mon" ] }""", "2026-03-01T12:00:00Z", true)]
    [InlineData("""{ "days": [ "Fri-Mon" ] }""", "2026-03-03T12:00:00Z", false)]
    [InlineData("""{ "from": "18:00", "to": "24:00" }""", "2026-03-03T23:59:59Z", true)]
    [InlineData("""{ "days": "Fri", "from": "22:00", "to": "06:00" }""", "2026-03-06T22:00:00Z", true)]
    [InlineData("""{ "days": "Fri", "from": "22:00", "to": "06:00" }""", "2026-03-07T05:59:59Z", true)]
    [InlineData("""{ "days": "Fri", "from": "22:00", "to": "06:00" }""", "2026-03-07T06:00:00Z", false)]
    [InlineData("""{ "days": "Fri", "from": "22:00", "to": "06:00" }""", "2026-03-06T05:00:00Z", false)]
    [InlineData("""{ "days": "Fri", "from": "22:00", "to": "06:00" }""", "2026-03-07T22:30:00Z", false)]
    public void Hours_and_days_and_over_midnight(string window, string at, bool expected) => Check($$"""{ "time": {{window}} }""", Rules.Query(at: at), expected);

    // In Berlin the clock goes from 02:00 to 03:00 on 2026-03-29, and from 03:00 back to 02:00 on 2026-10-25.
    [Theory]
    [InlineData("08:00", "18:00", "2026-03-27T07:00:00Z", true)]
    [InlineData("08:00", "18:00", "2026-03-30T06:00:00Z", true)]
    [InlineData("08:00", "18:00", "2026-03-30T16:00:00Z", false)]
    [InlineData("02:00", "03:00", "2026-03-29T01:00:00Z", false)]
    [InlineData("01:00", "03:00", "2026-03-29T00:59:59Z", true)]
    [InlineData("02:30", "04:00", "2026-03-29T01:00:00Z", true)]
    [InlineData("02:00", "03:00", "2026-10-25T00:30:00Z", true)]
    [InlineData("02:00", "03:00", "2026-10-25T01:30:00Z", true)]
    [InlineData("02:00", "03:00", "2026-10-25T02:00:00Z", false)]
    [InlineData("22:00", "02:30", "2026-10-25T01:15:00Z", true)]
    public void The_clock_on_the_wall_counts_when_it_is_put_forward_or_back(string from, string to, string at, bool expected) =>
        Check($$"""{ "time": { "from": "{{from}}", "to": "{{to}}", "timeZone": "Europe/Berlin" } }""", Rules.Query(at: at), expected);

    [Fact]
    public void A_window_without_a_zone_is_of_the_documents_zone_and_else_of_the_gateways()
    {
        const string Window = """{ "time": { "from": "12:00", "to": "13:00" } }""";
        var noon = Rules.Query(at: "2026-01-07T03:30:00Z");

        Assert.Null(Rules.When(Window).Decide(noon).Rule);
        Assert.Equal("one", Rules.When(Window).Decide(noon with { Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo") }).Rule);
        Assert.Equal("one", Rules.Of("""{ "timeZone": "Asia/Tokyo", "rules": [ { "name": "one", "when": { "time": { "from": "12:00", "to": "13:00" } }, "refuse": "" } ] }""").Decide(noon).Rule);
    }

    private static void Check(string when, NacGateway.Core.Policy.AccessQuery query, bool expected, params string[] attributes)
    {
        var decision = Rules.When(when).Judge(query, local: null, attributes);

        Assert.True(decision.IsGranted, decision.Words);
        Assert.Equal(expected ? "one" : null, decision.Rule);
        Assert.Equal(expected ? "hit" : null, decision.Limits.Role);
        Assert.Contains(expected ? "Rule 'one' held." : "Rule 'one' did not hold: ", decision.Words, StringComparison.Ordinal);
    }
}
