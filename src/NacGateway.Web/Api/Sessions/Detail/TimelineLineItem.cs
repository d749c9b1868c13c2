using NacGateway.Core.Authentication;
using NacGateway.Core.Insight.Story;

namespace NacGateway.Web.Api.Sessions.Detail;

/// <summary>One thing that happened to a session, in words. Secrets and passwords are in no part of it.</summary>
public sealed record TimelineLineItem
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What it belongs to.</summary>
    public required StoryFacet Facet { get; init; }

    /// <summary>In a few words.</summary>
    public required string Title { get; init; }

    /// <summary>As a sentence.</summary>
    public required string Text { get; init; }

    /// <summary>Its decision; null where it is none.</summary>
    public long? DecisionId { get; init; }

    /// <summary>Attributes of the request to the server, as lines; null where none was sent.</summary>
    public IReadOnlyList<string>? Request { get; init; }

    /// <summary>Attributes of the server's answer, as lines; null where there was none.</summary>
    public IReadOnlyList<string>? Reply { get; init; }

    internal static TimelineLineItem Of(StoryLine line) => new()
    {
        At = line.At,
        Facet = line.Facet,
        Title = line.Title,
        Text = string.Concat(line.Text.Parts.Select(part => part.Text)),
        DecisionId = line.DecisionId,
        Request = Lines(line.Exchange?.Request),
        Reply = Lines(line.Exchange?.Reply),
    };

    private static List<string>? Lines(ExchangePacket? packet) => packet is null ? null : [packet.Name, .. packet.Attributes.Select(field => $"{field.Name} = {field.Value}")];
}
