using System.Diagnostics.CodeAnalysis;
using System.Net;
using NacGateway.Core.Sessions;

namespace NacGateway.Web.Portal.Forms;

/// <summary>The open challenge of each client, by address: the page works without a cookie, and its URL holds nothing that could be guessed or shared.</summary>
internal sealed class PendingChallenges(TimeProvider time)
{
    private const int Capacity = 10_000;

    private readonly ExpiringStore<ClientKey, PendingChallenge> _pending = new(time, FormTokens.Lifetime, Capacity);

    /// <summary>Remembers the newest challenge of a client.</summary>
    public void Set(IPAddress client, PendingChallenge challenge) => _pending.Set(ClientKey.From(client), challenge);

    /// <summary>The open challenge of a client.</summary>
    public bool TryGet(IPAddress client, [NotNullWhen(true)] out PendingChallenge? challenge) => _pending.TryGet(ClientKey.From(client), out challenge);

    /// <summary>Forgets a challenge that was answered, unless a newer one has taken its place.</summary>
    public void Remove(IPAddress client, string challengeId)
    {
        if (TryGet(client, out var current) && current.ChallengeId == challengeId)
        {
            _pending.Remove(ClientKey.From(client));
        }
    }
}
