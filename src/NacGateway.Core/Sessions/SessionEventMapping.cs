using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NacGateway.Core.Sessions;

/// <summary>How the history of sessions lies in the database.</summary>
internal sealed class SessionEventMapping : IEntityTypeConfiguration<SessionEvent>
{
    public void Configure(EntityTypeBuilder<SessionEvent> builder)
    {
        builder.ToTable("SessionEvents");
        builder.HasKey(line => line.Id);
        builder.Property(line => line.AcctSessionId).HasMaxLength(64);
        builder.Property(line => line.By).HasMaxLength(253);
        builder.Property(line => line.Text).HasMaxLength(2000);
        builder.HasIndex(line => line.AcctSessionId);
    }
}
