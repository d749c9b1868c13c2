using System.Globalization;
using System.Net;
using NacGateway.Core.Policy;
using NacGateway.Core.Policy.Documents;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;
using Xunit;

namespace NacGateway.Core.Tests.Policy;

/// <summary>Rules from JSON, and sign-ins to ask them about.</summary>
internal static class Rules
{
    public static AccessPolicy Of(string json)
    {
        Assert.True(PolicyDocument.TryParse(json, version: 7, out var policy, out var errors), string.Join(Environment.NewLine, errors));
        return policy!;
    }

    /// <summary>Rules with one that gives role "hit" under these conditions.</summary>
    public static AccessPolicy When(string conditions) =>
        Of($$"""{ "roles": [ { "name": "hit" } ], "rules": [ { "name": "one", "when": {{conditions}}, "role": "hit" } ] }""");

    public static AccessQuery Query(string user = "alice", string? device = null, string? called = null, string address = "192.0.2.7", string at = "2026-03-02T08:00:00Z") => new()
    {
        UserName = user,
        ClientAddress = IPAddress.Parse(address),
        CallingStationId = device,
        CalledStationId = called,
        At = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture),
    };

    public static RadiusPacket Accept(params IEnumerable<string> attributes)
    {
        var accept = new RadiusPacket(RadiusCode.AccessAccept);
        foreach (var text in attributes)
        {
            Assert.True(AttributeAssignment.TryParse(text, AttributeDictionary.Default, out var assignment, out var error), error);
            assignment!.AddTo(accept, [], new byte[16]);
        }

        return accept;
    }

    /// <summary>The decision about an Accept with these attributes.</summary>
    public static AccessDecision Judge(this AccessPolicy policy, AccessQuery query, SessionLimits? local = null, params IEnumerable<string> attributes) =>
        AccessJudge.Judge(Accept(attributes), query, new LimitContext { StartedAt = query.At, Local = local ?? new SessionLimits(), Policy = policy }, out _);
}
