namespace NacGateway.Core.Storage;

/// <summary>The last transaction of one gateway's writer, written inside that transaction: whoever did not hear how it ended reads it here.</summary>
internal sealed class WriterMark
{
    /// <summary>Name of the gateway.</summary>
    public required string Owner { get; init; }

    /// <summary>The transaction.</summary>
    public Guid LastBatch { get; set; }
}
