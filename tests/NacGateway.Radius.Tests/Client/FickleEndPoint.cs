using System.Net;
using System.Net.Sockets;

namespace NacGateway.Radius.Tests.Client;

/// <summary>An endpoint towards which no socket can be opened as long as a test says so, as when no descriptor is free.</summary>
internal sealed class FickleEndPoint(IPEndPoint at) : IPEndPoint(at.Address, at.Port)
{
    private volatile Exception? _fault;

    /// <summary>What making a socket throws; null is nothing.</summary>
    public Exception? Fault
    {
        get => _fault;
        set => _fault = value;
    }

    public override AddressFamily AddressFamily => _fault is { } fault ? throw fault : base.AddressFamily;
}
