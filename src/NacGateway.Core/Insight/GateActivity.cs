using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight;

/// <summary>What the gate does, counted by the gate: for samples and live plots. Costs an addition a request. Safe for concurrent use.</summary>
public sealed class GateActivity
{
    private readonly StripedCounter _intercepted = new();
    private readonly StripedCounter _forwarded = new();

    /// <summary>Requests that the gate answered itself, for want of a session: 511 and answers to probes.</summary>
    public long Intercepted => _intercepted.Value;

    /// <summary>Requests that it forwarded, or tried to.</summary>
    public long Forwarded => _forwarded.Value;

    /// <summary>The gate answers a request itself.</summary>
    public void Intercept() => _intercepted.Add(1);

    /// <summary>The gate passes a request on.</summary>
    public void Forward() => _forwarded.Add(1);
}
