using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using NacGateway.Web.Gate.Forwarding;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>A name service whose answers the test owns, one after the other; the last one stays.</summary>
internal sealed class Names : INameResolver
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<IPAddress[]>> _answers = new(StringComparer.OrdinalIgnoreCase);
    private int _asked;

    /// <summary>Questions that were asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public Names Answer(string host, params string[] addresses)
    {
        _answers.GetOrAdd(host, _ => new()).Enqueue([.. addresses.Select(IPAddress.Parse)]);
        return this;
    }

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        if (!_answers.TryGetValue(host, out var answers))
        {
            return Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
        }

        IPAddress[]? answer;
        while (!(answers.Count > 1 ? answers.TryDequeue(out answer) : answers.TryPeek(out answer)))
        {
        }

        return Task.FromResult(answer!);
    }
}
