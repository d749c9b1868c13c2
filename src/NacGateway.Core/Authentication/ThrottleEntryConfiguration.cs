using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NacGateway.Core.Authentication;

/// <summary>Maps <see cref="ThrottleEntry"/>.</summary>
internal sealed class ThrottleEntryConfiguration : IEntityTypeConfiguration<ThrottleEntry>
{
    public void Configure(EntityTypeBuilder<ThrottleEntry> builder)
    {
        builder.ToTable("ThrottleEntries");
        builder.HasKey(entry => entry.Key);
        builder.Property(entry => entry.Key).HasMaxLength(ThrottleEntry.KeyLength);
    }
}
