using NacGateway.Core.Policy;

namespace NacGateway.Core.Sessions;

/// <summary>
/// How clients without a session came: the first and the last few requests that the gate answered itself, and when they opened the portal.
/// In memory only, bounded, the longest silent client goes first; it gets into the database with the record of a sign-in. To be told of a
/// request costs a lock that hardly two clients share, and no allocation but for a client's first. Safe for concurrent use.
/// </summary>
public sealed class ClientArrivals
{
    /// <summary>Clients that are remembered: some 40 MB when each of them asks for long names.</summary>
    public const int Capacity = 65_536;

    private const int Shards = 64;
    private const int LongestAgent = 200;

    private readonly TimeProvider _time;
    private readonly ArrivalShard[] _shards;

    /// <summary>Nobody has come yet.</summary>
    public ClientArrivals(TimeProvider time)
        : this(time, Capacity)
    {
    }

    internal ClientArrivals(TimeProvider time, int capacity)
    {
        _time = time;
        _shards = [.. Enumerable.Range(0, Shards).Select(_ => new ArrivalShard(Math.Max(1, capacity / Shards)))];
    }

    /// <summary>The gate answered a request itself. The texts are kept as they are, up to a bound, and cleaned when they are recorded.</summary>
    public void Note(ClientKey client, ArrivalAnswer answer, string? host, string? userAgent) =>
        Of(client).Note(client, _time.GetUtcNow().UtcTicks, answer, host, userAgent);

    /// <summary>The client opened a page of the portal.</summary>
    public void NotePortal(ClientKey client, string? userAgent) => Of(client).NotePortal(client, _time.GetUtcNow().UtcTicks, userAgent);

    /// <summary>The client has a session now: what comes after that is another arrival.</summary>
    public void Forget(ClientKey client) => Of(client).Forget(client);

    /// <summary>How a client came; null when it is not remembered.</summary>
    public ClientArrival? Find(ClientKey client) => Of(client).Find(client) is { } found ? Clean(found) : null;

    /// <summary>The same, as the record has it.</summary>
    public string? Describe(ClientKey client) => Find(client)?.ToJson();

    private static ClientArrival Clean(ClientArrival arrival) => arrival with
    {
        UserAgent = arrival.UserAgent is { } agent ? OneLine.Clean(agent, LongestAgent) : null,
        First = arrival.First is { } first ? Clean(first) : null,
        Last = [.. arrival.Last.Select(Clean)],
    };

    private static ArrivalContact Clean(ArrivalContact contact) => contact.Host is { } host ? contact with { Host = OneLine.Clean(host, ArrivalShard.LongestHost) } : contact;

    private ArrivalShard Of(ClientKey client) => _shards[(client.GetHashCode() & int.MaxValue) % Shards];
}
