using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NacGateway.Core.Administration;

/// <summary>How saved views lie in the database.</summary>
internal sealed class SavedViewMapping : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> builder)
    {
        builder.ToTable("SavedViews");
        builder.HasKey(view => view.Id);
        builder.Property(view => view.Owner).HasMaxLength(253);
        builder.Property(view => view.Page).HasMaxLength(64);
        builder.Property(view => view.Name).HasMaxLength(64);
        builder.Property(view => view.Query).HasMaxLength(1000);
        builder.HasIndex(view => view.Owner);
        builder.HasIndex(view => view.Shared);
    }
}
