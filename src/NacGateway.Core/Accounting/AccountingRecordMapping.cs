using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NacGateway.Core.Accounting;

/// <summary>How the outbox lies in the database.</summary>
internal sealed class AccountingRecordMapping : IEntityTypeConfiguration<AccountingRecord>
{
    public void Configure(EntityTypeBuilder<AccountingRecord> builder)
    {
        builder.ToTable("AccountingRecords");
        builder.HasKey(record => record.Id);
        builder.Property(record => record.Owner).HasMaxLength(253);
        builder.Property(record => record.AcctSessionId).HasMaxLength(64);
        builder.Property(record => record.ServerName).HasMaxLength(128);
        builder.Property(record => record.SetAsideReason).HasMaxLength(1000);
        builder.HasIndex(record => new { record.AcctSessionId, record.Id });
    }
}
