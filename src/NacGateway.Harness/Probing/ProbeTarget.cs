using System.Net;
using NacGateway.Harness.Sending;
using NacGateway.Radius.Client;

namespace NacGateway.Harness.Probing;

/// <summary>The server that is asked, and for whom.</summary>
internal sealed record ProbeTarget
{
    public required IPEndPoint Authentication { get; init; }

    /// <summary>Port for accounting; null when it is not asked.</summary>
    public IPEndPoint? Accounting { get; init; }

    public required byte[] Secret { get; init; }

    /// <summary>The port for RadSec with how it is asked; null when it is not asked.</summary>
    public RadiusServerSettings? RadSec { get; init; }

    /// <summary>A user that the server knows; null when only strangers are asked for.</summary>
    public byte[]? UserName { get; init; }

    public byte[]? Password { get; init; }

    /// <summary>How long an answer is waited for.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The method that the questions are asked by which are not about methods.</summary>
    public AuthMethod Method { get; init; }

    public bool HasUser => UserName is not null && Password is not null;
}
