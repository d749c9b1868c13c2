using System.Net;

namespace NacGateway.Web.Hosting.Configuration;

/// <summary>Finds listeners that cannot stand beside one another: same port, and addresses that overlap.</summary>
internal static class ListenerClashes
{
    /// <param name="listeners">Key and ADDRESS:PORT of each listener; one that cannot be read is left to its validator.</param>
    public static IEnumerable<string> Find(IEnumerable<(string Key, string? Address)> listeners)
    {
        var bound = listeners
            .Select(listener => (listener.Key, EndPoint: IPEndPoint.TryParse(listener.Address ?? "", out var endPoint) ? endPoint : null))
            .Where(listener => listener.EndPoint is { Port: not 0 })
            .ToArray();
        for (var i = 0; i < bound.Length; i++)
        {
            for (var j = i + 1; j < bound.Length; j++)
            {
                if (Overlap(bound[i].EndPoint!, bound[j].EndPoint!))
                {
                    yield return $"{bound[j].Key} {bound[j].EndPoint} is the port of {bound[i].Key} {bound[i].EndPoint}. Give each listener a port of its own.";
                }
            }
        }
    }

    private static bool Overlap(IPEndPoint one, IPEndPoint other) =>
        one.Port == other.Port && (one.Address.Equals(other.Address) || IsAny(one.Address) || IsAny(other.Address));

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
