using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NacGateway.Core.Administration;

/// <summary>How signed-in administrators lie in the database.</summary>
internal sealed class AdminSessionMapping : IEntityTypeConfiguration<AdminSession>
{
    public void Configure(EntityTypeBuilder<AdminSession> builder)
    {
        builder.ToTable("AdminSessions");
        builder.HasKey(row => row.TokenHash);
        builder.Property(row => row.TokenHash).HasMaxLength(32);
        builder.Property(row => row.Name).HasMaxLength(253);
        builder.Property(row => row.Origin).HasMaxLength(160);
        builder.Property(row => row.Source).HasMaxLength(45);
        builder.Property(row => row.UserAgent).HasMaxLength(256);
        builder.HasIndex(row => row.ExpiresAt);
    }
}
