namespace NacGateway.Core.Storage;

/// <summary>The databases that the gateway can keep its state in.</summary>
public enum StorageProvider
{
    /// <summary>A file beside the gateway.</summary>
    Sqlite = 0,

    /// <summary>A server, for several gateways, each with a <c>Radius:NasIdentifier</c> of its own.</summary>
    PostgreSql,
}
