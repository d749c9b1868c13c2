using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NacGateway.Core.Accounting;

namespace NacGateway.Core.Sessions;

/// <summary>How sessions lie in the database. Lengths are those of the RADIUS attributes.</summary>
internal sealed class SessionMapping : IEntityTypeConfiguration<Session>
{
    private const string IsOpen = "\"EndedAt\" IS NULL";

    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("Sessions");
        builder.HasKey(session => session.Id);
        builder.Property(session => session.Owner).HasMaxLength(253);
        builder.Property(session => session.AcctSessionId).HasMaxLength(64);
        builder.Property(session => session.UserName).HasMaxLength(253);
        builder.Property(session => session.UserKey).HasMaxLength(253);
        builder.Property(session => session.ClientAddress).HasMaxLength(45);
        builder.Property(session => session.CallingStationId).HasMaxLength(253);
        builder.Property(session => session.ServerName).HasMaxLength(128);
        builder.Property(session => session.Role).HasMaxLength(128);
        builder.Property(session => session.ChargeableUserIdentity).HasMaxLength(253);
        builder.Property(session => session.State).HasMaxLength(253);
        builder.Property(session => session.Message).HasMaxLength(1000);
        builder.Property(session => session.Notice).HasMaxLength(500);
        builder.Property(session => session.Authentic).HasDefaultValue(AcctAuthentic.Radius).HasSentinel(AcctAuthentic.None);
        builder.Property(session => session.TypedName).HasMaxLength(253);
        builder.HasIndex(session => session.AcctSessionId).IsUnique();

        // For searches of past sessions: each with the start, by which their results are sorted.
        builder.HasIndex(session => session.StartedAt);
        builder.HasIndex(session => new { session.UserKey, session.StartedAt });
        builder.HasIndex(session => new { session.ClientAddress, session.StartedAt });
        builder.HasIndex(session => new { session.CallingStationId, session.StartedAt });
        builder.HasIndex(session => session.EndedAt);

        // One open session for a client of a gateway: the database itself refuses a second one. Two gateways may serve two networks
        // that use the same private addresses.
        builder.HasIndex(session => new { session.Owner, session.ClientAddress }).IsUnique().HasFilter(IsOpen).HasDatabaseName("IX_Sessions_ClientAddress_Open");
        builder.HasIndex(session => session.CallingStationId).HasFilter(IsOpen).HasDatabaseName("IX_Sessions_CallingStationId_Open");
        builder.HasIndex(session => session.UserKey).HasFilter(IsOpen).HasDatabaseName("IX_Sessions_UserKey_Open");
    }
}
