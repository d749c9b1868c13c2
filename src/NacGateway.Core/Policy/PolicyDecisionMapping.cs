using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NacGateway.Core.Policy;

/// <summary>How decisions lie in the database.</summary>
internal sealed class PolicyDecisionMapping : IEntityTypeConfiguration<PolicyDecision>
{
    public void Configure(EntityTypeBuilder<PolicyDecision> builder)
    {
        builder.ToTable("PolicyDecisions");
        builder.HasKey(decision => decision.Id);
        builder.Property(decision => decision.AcctSessionId).HasMaxLength(64);
        builder.Property(decision => decision.UserName).HasMaxLength(253);
        builder.Property(decision => decision.Rule).HasMaxLength(128);
        builder.Property(decision => decision.Role).HasMaxLength(128);
        builder.Property(decision => decision.Words).HasMaxLength(4000);
        builder.HasIndex(decision => decision.AcctSessionId);
        builder.HasIndex(decision => decision.At);
    }
}
