using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NacGateway.Core.Insight;

/// <summary>How samples of a gateway's activity lie in the database.</summary>
internal sealed class ActivitySampleMapping : IEntityTypeConfiguration<ActivitySample>
{
    public void Configure(EntityTypeBuilder<ActivitySample> builder)
    {
        builder.ToTable("ActivitySamples");
        builder.HasKey(sample => new { sample.Owner, sample.At });
        builder.Property(sample => sample.Owner).HasMaxLength(253);
        builder.HasIndex(sample => sample.At);
    }
}
