using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NacGateway.Core.Accounting;

/// <summary>How deliveries of accounting lie in the database.</summary>
internal sealed class AccountingDeliveryMapping : IEntityTypeConfiguration<AccountingDelivery>
{
    public void Configure(EntityTypeBuilder<AccountingDelivery> builder)
    {
        builder.ToTable("AccountingDeliveries");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.AcctSessionId).HasMaxLength(64);
        builder.Property(row => row.ServerName).HasMaxLength(128);
        builder.HasIndex(row => row.AcctSessionId);
        builder.HasIndex(row => row.DeliveredAt);
    }
}
