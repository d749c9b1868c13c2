namespace NacGateway.Radius.RadSec;

/// <summary>What reading from a stream gave.</summary>
internal enum FrameStatus
{
    /// <summary>One packet.</summary>
    Packet = 0,

    /// <summary>The peer ended the stream between two packets.</summary>
    End,

    /// <summary>The peer ended the stream within a packet.</summary>
    Cut,

    /// <summary>The Length field is below 20 or above 4096: nothing behind it can be read any more (RFC 6613 section 2.6.4).</summary>
    Broken,
}
