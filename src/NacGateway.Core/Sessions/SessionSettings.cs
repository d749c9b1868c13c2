using Microsoft.Extensions.Options;

namespace NacGateway.Core.Sessions;

/// <summary>Holds the gateway's own limits that are in force; a change swaps the whole.</summary>
public sealed class SessionSettings(IOptions<SessionOptions> options)
{
    private volatile SessionOptions _current = options.Value;

    /// <summary>As the configuration has them.</summary>
    public SessionOptions Configured => options.Value;

    /// <summary>As they are in force: never changed, only replaced.</summary>
    public SessionOptions Current
    {
        get => _current;
        internal set => _current = value;
    }
}
