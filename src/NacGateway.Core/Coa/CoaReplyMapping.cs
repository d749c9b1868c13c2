using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NacGateway.Core.Coa;

/// <summary>How answers to dynamic authorization clients lie in the database.</summary>
internal sealed class CoaReplyMapping : IEntityTypeConfiguration<CoaReply>
{
    public void Configure(EntityTypeBuilder<CoaReply> builder)
    {
        builder.ToTable("CoaReplies");
        builder.HasKey(reply => reply.Digest);
        builder.Property(reply => reply.Digest).HasMaxLength(32);
        builder.HasIndex(reply => reply.At);
    }
}
