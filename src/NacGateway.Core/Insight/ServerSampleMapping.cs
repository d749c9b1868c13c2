using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NacGateway.Core.Insight;

/// <summary>How samples of RADIUS servers lie in the database.</summary>
internal sealed class ServerSampleMapping : IEntityTypeConfiguration<ServerSample>
{
    public void Configure(EntityTypeBuilder<ServerSample> builder)
    {
        builder.ToTable("ServerSamples");
        builder.HasKey(sample => new { sample.Owner, sample.Server, sample.At });
        builder.Property(sample => sample.Owner).HasMaxLength(253);
        builder.Property(sample => sample.Server).HasMaxLength(128);
        builder.HasIndex(sample => sample.At);
    }
}
