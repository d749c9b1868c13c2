namespace NacGateway.Radius.Client;

/// <summary>A server that was asked in the same exchange and whose answer it was not: for whoever wants to know why another one answered.</summary>
public sealed class PassedOverServer
{
    /// <summary>Name as configured.</summary>
    public required string Name { get; init; }

    /// <summary>How asking it ended; null when it had not ended when another server answered.</summary>
    public ExchangeStatus? Status { get; init; }

    /// <summary>Why, in words; null when there is nothing to add to the status.</summary>
    public string? Problem { get; init; }
}
