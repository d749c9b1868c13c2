using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NacGateway.Core.Audit;

/// <summary>How the audit trail lies in the database.</summary>
internal sealed class AuditRecordMapping : IEntityTypeConfiguration<AuditRecord>
{
    public void Configure(EntityTypeBuilder<AuditRecord> builder)
    {
        builder.ToTable("AuditRecords");
        builder.HasKey(line => line.Sequence);
        builder.Property(line => line.Sequence).ValueGeneratedNever();
        builder.Property(line => line.Actor).HasMaxLength(253);
        builder.Property(line => line.Role).HasMaxLength(32);
        builder.Property(line => line.Source).HasMaxLength(45);
        builder.Property(line => line.Action).HasMaxLength(64);
        builder.Property(line => line.Target).HasMaxLength(253);
        builder.Property(line => line.Outcome).HasMaxLength(16);
        builder.Property(line => line.Detail).HasMaxLength(4000);
        builder.Property(line => line.PreviousHash).HasMaxLength(32);
        builder.Property(line => line.Hash).HasMaxLength(32);
        builder.HasIndex(line => line.At);
        builder.HasIndex(line => new { line.Actor, line.At });
    }
}
