namespace NacGateway.TestKit;

/// <summary>What Wireshark's dissector made of one packet.</summary>
/// <param name="Number">Its place in the capture, counted from 1.</param>
/// <param name="Code">The RADIUS code; null when it was not taken for RADIUS.</param>
/// <param name="Summary">The line of Wireshark's list.</param>
/// <param name="IsMalformed">Whether the dissector could not read it to its end.</param>
/// <param name="HasComplaint">Whether an expert remark is a warning or an error.</param>
/// <param name="Remarks">All expert remarks.</param>
public sealed record DissectedPacket(int Number, int? Code, string Summary, bool IsMalformed, bool HasComplaint, string Remarks)
{
    /// <summary>Whether it was read as RADIUS and nothing is wrong with it.</summary>
    public bool IsClean => Code is not null && !IsMalformed && !HasComplaint;
}
