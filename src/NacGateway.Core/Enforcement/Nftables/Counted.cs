namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>What the kernel's counters of one address stood at when they were read last.</summary>
internal sealed class Counted(string acctSessionId, long input, long output)
{
    public string AcctSessionId { get; } = acctSessionId;

    public long Input { get; set; } = input;

    public long Output { get; set; } = output;
}
