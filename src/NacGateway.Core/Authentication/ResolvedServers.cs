using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using NacGateway.Radius.Client;

namespace NacGateway.Core.Authentication;

/// <summary>One resolution of the servers, with the group that asks them. Immutable.</summary>
internal sealed class ResolvedServers : IAsyncDisposable
{
    private readonly FrozenDictionary<string, RadiusEndpoint> _byName;
    private readonly RadiusEndpoint[] _endpoints;

    public ResolvedServers(IReadOnlyList<RadiusEndpoint> endpoints, TimeProvider timeProvider, ILogger log)
    {
        _byName = endpoints.ToFrozenDictionary(endpoint => endpoint.Settings.Name, StringComparer.OrdinalIgnoreCase);
        _endpoints = [.. endpoints];
        All = endpoints.Count == 0 ? null : new RadiusServerGroup([.. endpoints.Select(endpoint => endpoint.Settings)], timeProvider, log);
    }

    /// <summary>The group of all servers; null when no name could be resolved.</summary>
    public RadiusServerGroup? All { get; }

    /// <summary>Each server.</summary>
    public IReadOnlyList<RadiusEndpoint> Endpoints => _endpoints;

    public RadiusEndpoint? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>One server of the group alone, with what the group knows of it; null when it is not there any more.</summary>
    public RadiusServerGroup? Alone(string name) => Find(name) is { } endpoint ? All?.Only(endpoint.Settings.Name) : null;

    /// <summary>Whether these are the servers at the same addresses, and our own towards each is what it was; while it has none that could be told, the old one stands.</summary>
    public bool HasSameAddresses(IReadOnlyList<RadiusEndpoint> others) =>
        others.Count == _byName.Count && others.All(other => Find(other.Settings.Name) is { } known
            && known.Settings.EndPoint.Equals(other.Settings.EndPoint)
            && (other.NasAddress is null || other.NasAddress.Equals(known.NasAddress)));

    public ValueTask DisposeAsync() => All?.DisposeAsync() ?? ValueTask.CompletedTask;
}
