namespace NacGateway.Harness.Output;

/// <summary>One thing that was verified about a packet, or was not.</summary>
/// <param name="What">Such as Response Authenticator.</param>
/// <param name="Outcome">What was found.</param>
/// <param name="Note">Why, or what it means; null when there is nothing to say.</param>
internal sealed record PacketCheck(string What, CheckOutcome Outcome, string? Note = null)
{
    public override string ToString()
    {
        var outcome = Outcome switch
        {
            CheckOutcome.Right => "right",
            CheckOutcome.Wrong => "WRONG",
            CheckOutcome.Missing => "missing",
            _ => "not checked",
        };
        return $"{What}: {outcome}{(Note is null ? "" : $" ({Note})")}";
    }
}
