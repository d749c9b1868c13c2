using System.Collections.Concurrent;
using System.Collections.Frozen;
using NacGateway.Radius.Client;

namespace NacGateway.Core.Authentication;

/// <summary>One resolution of the servers, with the groups that ask them. Immutable but for the groups of one, made when first needed.</summary>
internal sealed class ResolvedServers(IReadOnlyList<RadiusEndpoint> endpoints, TimeProvider timeProvider) : IAsyncDisposable
{
    private readonly FrozenDictionary<string, RadiusEndpoint> _byName = endpoints.ToFrozenDictionary(endpoint => endpoint.Settings.Name, StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Lazy<RadiusServerGroup>> _alone = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lazy<RadiusServerGroup> _all = new(() => new RadiusServerGroup([.. endpoints.Select(endpoint => endpoint.Settings)], timeProvider));

    public RadiusEndpoint? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The group of all servers; null when no name could be resolved.</summary>
    public RadiusServerGroup? All => endpoints.Count == 0 ? null : _all.Value;

    /// <summary>The group of one server; null when it is not there any more.</summary>
    public RadiusServerGroup? Alone(string name) =>
        Find(name) is not { } endpoint ? null
        : endpoints.Count == 1 ? _all.Value
        : _alone.GetOrAdd(name, _ => new Lazy<RadiusServerGroup>(() => new RadiusServerGroup([endpoint.Settings], timeProvider))).Value;

    public bool HasSameAddresses(IReadOnlyList<RadiusEndpoint> others) =>
        others.Count == endpoints.Count && others.All(other => Find(other.Settings.Name)?.Settings.EndPoint.Equals(other.Settings.EndPoint) == true);

    public async ValueTask DisposeAsync()
    {
        if (_all.IsValueCreated)
        {
            await _all.Value.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var group in _alone.Values.Where(group => group.IsValueCreated))
        {
            await group.Value.DisposeAsync().ConfigureAwait(false);
        }
    }
}
