using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NacGateway.Core.Administration;

/// <summary>How local accounts of administrators lie in the database.</summary>
internal sealed class AdministratorMapping : IEntityTypeConfiguration<Administrator>
{
    public void Configure(EntityTypeBuilder<Administrator> builder)
    {
        builder.ToTable("Administrators");
        builder.HasKey(account => account.Id);
        builder.Property(account => account.Name).HasMaxLength(128);
        builder.Property(account => account.NameKey).HasMaxLength(253);
        builder.Property(account => account.PasswordHash).HasMaxLength(256);
        builder.Property(account => account.TotpSecret).HasMaxLength(128);
        builder.Property(account => account.CreatedBy).HasMaxLength(253);
        builder.HasIndex(account => account.NameKey).IsUnique();
    }
}
