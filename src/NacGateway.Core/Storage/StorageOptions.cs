using System.ComponentModel;

namespace NacGateway.Core.Storage;

/// <summary>Where the gateway keeps its state.</summary>
public sealed class StorageOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Storage";

    /// <summary>Sqlite (default) or PostgreSql.</summary>
    public StorageProvider Provider { get; set; }

    /// <summary>The provider's connection string. Default: a SQLite file in <c>data</c>; PostgreSQL has no default.</summary>
    [PasswordPropertyText(true)]
    public string ConnectionString { get; set; } = string.Empty;

    /// <summary>The connection string with the default filled in.</summary>
    public string EffectiveConnectionString =>
        ConnectionString.Length == 0 && Provider == StorageProvider.Sqlite ? "Data Source=data/nacgateway.db" : ConnectionString;
}
