using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NacGateway.Core.Administration;

/// <summary>How changed settings lie in the database.</summary>
internal sealed class SettingVersionMapping : IEntityTypeConfiguration<SettingVersion>
{
    public void Configure(EntityTypeBuilder<SettingVersion> builder)
    {
        builder.ToTable("SettingVersions");
        builder.HasKey(version => version.Id);
        builder.Property(version => version.Name).HasMaxLength(128);
        builder.Property(version => version.Value).HasMaxLength(60_000);
        builder.Property(version => version.CreatedBy).HasMaxLength(253);
        builder.HasIndex(version => version.Name);
    }
}
