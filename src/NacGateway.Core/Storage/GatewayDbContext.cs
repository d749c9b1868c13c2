using Microsoft.EntityFrameworkCore;

namespace NacGateway.Core.Storage;

/// <summary>
/// The database of the gateway. It names no entity: each feature maps its own in its folder and reads it by
/// <see cref="DbContext.Set{TEntity}()"/>, so that Storage stays below all of them.
/// </summary>
public sealed class GatewayDbContext(DbContextOptions<GatewayDbContext> options) : DbContext(options)
{
    private readonly RowInserts _inserts = new();

    /// <summary>
    /// Adds a row that is written by the next <see cref="SaveChangesAsync"/> or <see cref="FlushAsync"/>, and that this context does not
    /// know afterwards: it is not tracked, and the key that the database gives it is not read.
    /// </summary>
    internal void Append<TRow>(TRow row)
        where TRow : class =>
        _inserts.Add(InsertPlan.Of(Model.FindEntityType(typeof(TRow)) ?? throw new InvalidOperationException($"{typeof(TRow).Name} is not mapped."), Database), row);

    /// <summary>Writes the rows that were appended; whoever asks the database within the same transaction finds them then.</summary>
    internal Task FlushAsync(CancellationToken cancellationToken) => _inserts.WriteAsync(Database, cancellationToken);

    /// <summary>Forgets what is tracked, and what was appended and not written.</summary>
    internal void Forget()
    {
        _inserts.Clear();
        ChangeTracker.Clear();
    }

    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) => _inserts.Count == 0
        ? base.SaveChanges(acceptAllChangesOnSuccess)
        : throw new InvalidOperationException("Rows were appended: save by SaveChangesAsync.");

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(GatewayDbContext).Assembly);
        if (Database.ProviderName?.Contains("Npgsql", StringComparison.Ordinal) == true)
        {
            CompareByOctet(modelBuilder);
        }
    }

    /// <summary>
    /// What begins with a text is found by an index only where the database compares by octets, and not by the rules of a language; SQLite
    /// always does.
    /// </summary>
    private static void CompareByOctet(ModelBuilder modelBuilder)
    {
        string[] searched = ["UserKey", "ClientAddress", "CallingStationId", "AcctSessionId"];
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()).Where(property => property.ClrType == typeof(string) && searched.Contains(property.Name, StringComparer.Ordinal)))
        {
            property.SetCollation("C");
        }
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcInstantConverter>();
    }
}
