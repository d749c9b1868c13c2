using System.Net;

namespace NacGateway.Core.Authentication;

/// <summary>The answer to an Access-Challenge. The State itself never leaves the gateway; the page carries only <see cref="ChallengeId"/>.</summary>
public sealed class ChallengeAnswer
{
    /// <summary>The client's address; the challenge is bound to it.</summary>
    public required IPAddress ClientAddress { get; init; }

    /// <summary>Which pending challenge is answered; single use.</summary>
    public required string ChallengeId { get; init; }

    /// <summary>What the person typed, 1 to 128 octets as UTF-8.</summary>
    public required string Answer { get; init; }
}
