using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NacGateway.Core.Administration;

/// <summary>How preferences lie in the database.</summary>
internal sealed class AdminPreferenceMapping : IEntityTypeConfiguration<AdminPreference>
{
    public void Configure(EntityTypeBuilder<AdminPreference> builder)
    {
        builder.ToTable("AdminPreferences");
        builder.HasKey(row => new { row.Owner, row.Name });
        builder.Property(row => row.Owner).HasMaxLength(253);
        builder.Property(row => row.Name).HasMaxLength(32);
        builder.Property(row => row.Value).HasMaxLength(1000);
    }
}
