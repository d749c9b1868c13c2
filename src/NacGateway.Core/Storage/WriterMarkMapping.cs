using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NacGateway.Core.Storage;

/// <summary>Maps <see cref="WriterMark"/>.</summary>
internal sealed class WriterMarkMapping : IEntityTypeConfiguration<WriterMark>
{
    public void Configure(EntityTypeBuilder<WriterMark> builder)
    {
        builder.ToTable("WriterMarks");
        builder.HasKey(mark => mark.Owner);
        builder.Property(mark => mark.Owner).HasMaxLength(253);
    }
}
