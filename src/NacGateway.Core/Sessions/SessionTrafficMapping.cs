using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NacGateway.Core.Sessions;

/// <summary>How the traffic of sessions lies in the database.</summary>
internal sealed class SessionTrafficMapping : IEntityTypeConfiguration<SessionTraffic>
{
    public void Configure(EntityTypeBuilder<SessionTraffic> builder)
    {
        builder.ToTable("SessionTraffic");
        builder.HasKey(point => point.Id);
        builder.Property(point => point.AcctSessionId).HasMaxLength(64);
        builder.HasIndex(point => point.AcctSessionId);
    }
}
