using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NacGateway.Core.Administration;

/// <summary>How answers of the API are kept.</summary>
internal sealed class IdempotentReplyMapping : IEntityTypeConfiguration<IdempotentReply>
{
    public void Configure(EntityTypeBuilder<IdempotentReply> builder)
    {
        builder.ToTable("IdempotentReplies");
        builder.HasKey(reply => reply.Key);
        builder.Property(reply => reply.Key).HasMaxLength(32);
        builder.Property(reply => reply.Request).HasMaxLength(32);
        builder.Property(reply => reply.ContentType).HasMaxLength(128);
        builder.Property(reply => reply.Location).HasMaxLength(512);
        builder.HasIndex(reply => reply.At);
    }
}
