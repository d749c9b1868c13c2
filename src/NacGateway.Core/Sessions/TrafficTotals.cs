namespace NacGateway.Core.Sessions;

/// <summary>Octets of all sessions since the gateway was started, those that have ended among them. Safe for concurrent use.</summary>
public sealed class TrafficTotals
{
    private readonly StripedCounter _input = new();
    private readonly StripedCounter _output = new();

    /// <summary>Octets from clients.</summary>
    public long InputOctets => _input.Value;

    /// <summary>Octets to clients.</summary>
    public long OutputOctets => _output.Value;

    internal void Add(long inputOctets, long outputOctets)
    {
        if (inputOctets != 0)
        {
            _input.Add(inputOctets);
        }

        if (outputOctets != 0)
        {
            _output.Add(outputOctets);
        }
    }
}
