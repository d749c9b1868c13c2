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
        builder.Property(decision => decision.UserKey).HasMaxLength(253);
        builder.Property(decision => decision.ClientAddress).HasMaxLength(45);
        builder.Property(decision => decision.CallingStationId).HasMaxLength(253);
        builder.Property(decision => decision.Outcome).HasMaxLength(32);
        builder.Property(decision => decision.Reference).HasMaxLength(16);
        builder.Property(decision => decision.ServerName).HasMaxLength(128);
        builder.Property(decision => decision.ReplyMessage).HasMaxLength(1000);
        builder.Property(decision => decision.Exchange).HasMaxLength(9000);
        builder.Property(decision => decision.Arrival).HasMaxLength(4000);
        builder.HasIndex(decision => decision.AcctSessionId);
        builder.HasIndex(decision => new { decision.UserKey, decision.At });
        builder.HasIndex(decision => new { decision.ClientAddress, decision.At });
        builder.HasIndex(decision => new { decision.CallingStationId, decision.At });
        builder.HasIndex(decision => new { decision.Outcome, decision.At });
        builder.HasIndex(decision => decision.Reference);
        builder.HasIndex(decision => decision.At);
    }
}
