namespace NacGateway.Benchmarks.Http;

/// <summary>How two servers are loaded.</summary>
/// <param name="Verb">The verb of this program that makes the load.</param>
/// <param name="Clients">Clients that ask at a time.</param>
internal sealed record DuelLoad(string Verb, int Clients)
{
    /// <summary>Connections that are kept, each with a request at a time.</summary>
    public static DuelLoad Kept { get; } = new("load", 32);

    /// <summary>A connection for each request, from as many addresses as there are clients.</summary>
    public static DuelLoad Storm { get; } = new("storm-load", 200);
}
