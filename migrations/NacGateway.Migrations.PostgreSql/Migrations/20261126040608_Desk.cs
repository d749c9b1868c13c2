using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace NacGateway.Migrations.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Desk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "UserKey",
                table: "Sessions",
                type: "character varying(253)",
                maxLength: 253,
                nullable: false,
                collation: "C",
                oldClrType: typeof(string),
                oldType: "character varying(253)",
                oldMaxLength: 253);

            migrationBuilder.AlterColumn<string>(
                name: "ClientAddress",
                table: "Sessions",
                type: "character varying(45)",
                maxLength: 45,
                nullable: false,
                collation: "C",
                oldClrType: typeof(string),
                oldType: "character varying(45)",
                oldMaxLength: 45);

            migrationBuilder.AlterColumn<string>(
                name: "CallingStationId",
                table: "Sessions",
                type: "character varying(253)",
                maxLength: 253,
                nullable: true,
                collation: "C",
                oldClrType: typeof(string),
                oldType: "character varying(253)",
                oldMaxLength: 253,
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "AcctSessionId",
                table: "Sessions",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                collation: "C",
                oldClrType: typeof(string),
                oldType: "character varying(64)",
                oldMaxLength: 64);

            migrationBuilder.AddColumn<DateTime>(
                name: "ActiveAt",
                table: "Sessions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ReportedAt",
                table: "Sessions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TypedName",
                table: "Sessions",
                type: "character varying(253)",
                maxLength: 253,
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "AcctSessionId",
                table: "SessionEvents",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                collation: "C",
                oldClrType: typeof(string),
                oldType: "character varying(64)",
                oldMaxLength: 64);

            migrationBuilder.AlterColumn<string>(
                name: "AcctSessionId",
                table: "PolicyDecisions",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                collation: "C",
                oldClrType: typeof(string),
                oldType: "character varying(64)",
                oldMaxLength: 64);

            migrationBuilder.AddColumn<string>(
                name: "Arrival",
                table: "PolicyDecisions",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CallingStationId",
                table: "PolicyDecisions",
                type: "character varying(253)",
                maxLength: 253,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "ClientAddress",
                table: "PolicyDecisions",
                type: "character varying(45)",
                maxLength: 45,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "ElapsedMilliseconds",
                table: "PolicyDecisions",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "Exchange",
                table: "PolicyDecisions",
                type: "bytea",
                maxLength: 9000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Outcome",
                table: "PolicyDecisions",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reference",
                table: "PolicyDecisions",
                type: "character varying(16)",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ReplyMessage",
                table: "PolicyDecisions",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ServerName",
                table: "PolicyDecisions",
                type: "character varying(128)",
                maxLength: 128,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "UserKey",
                table: "PolicyDecisions",
                type: "character varying(253)",
                maxLength: 253,
                nullable: true,
                collation: "C");

            migrationBuilder.AlterColumn<string>(
                name: "AcctSessionId",
                table: "AccountingRecords",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                collation: "C",
                oldClrType: typeof(string),
                oldType: "character varying(64)",
                oldMaxLength: 64);

            migrationBuilder.CreateTable(
                name: "AccountingDeliveries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    AcctSessionId = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Status = table.Column<int>(type: "integer", nullable: false),
                    EventAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DeliveredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ServerName = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountingDeliveries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ActivitySamples",
                columns: table => new
                {
                    Owner = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Sessions = table.Column<int>(type: "integer", nullable: false),
                    Accepted = table.Column<int>(type: "integer", nullable: false),
                    Challenged = table.Column<int>(type: "integer", nullable: false),
                    Refused = table.Column<int>(type: "integer", nullable: false),
                    Unanswered = table.Column<int>(type: "integer", nullable: false),
                    NotTried = table.Column<int>(type: "integer", nullable: false),
                    Intercepted = table.Column<long>(type: "bigint", nullable: false),
                    Forwarded = table.Column<long>(type: "bigint", nullable: false),
                    InputOctets = table.Column<long>(type: "bigint", nullable: false),
                    OutputOctets = table.Column<long>(type: "bigint", nullable: false),
                    Outbox = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ActivitySamples", x => new { x.Owner, x.At });
                });

            migrationBuilder.CreateTable(
                name: "Administrators",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Name = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    NameKey = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    PasswordHash = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    Role = table.Column<int>(type: "integer", nullable: false),
                    TotpSecret = table.Column<byte[]>(type: "bytea", maxLength: 128, nullable: true),
                    TotpStep = table.Column<long>(type: "bigint", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    CreatedBy = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    ClosedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    LastSignInAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Administrators", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AdminPreferences",
                columns: table => new
                {
                    Owner = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    Name = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Value = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AdminPreferences", x => new { x.Owner, x.Name });
                });

            migrationBuilder.CreateTable(
                name: "AdminSessions",
                columns: table => new
                {
                    TokenHash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    Name = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    Role = table.Column<int>(type: "integer", nullable: false),
                    Origin = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false),
                    StartedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    SeenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Source = table.Column<string>(type: "character varying(45)", maxLength: 45, nullable: false),
                    UserAgent = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AdminSessions", x => x.TokenHash);
                });

            migrationBuilder.CreateTable(
                name: "ApiKeys",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Name = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Prefix = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    Hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    Role = table.Column<int>(type: "integer", nullable: false),
                    CreatedBy = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    LastUsedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    RevokedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApiKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AuditHeads",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditHeads", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AuditRecords",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Actor = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    Role = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    Source = table.Column<string>(type: "character varying(45)", maxLength: 45, nullable: true),
                    Action = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Target = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: true),
                    Outcome = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    Detail = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    PreviousHash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    Hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditRecords", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "IdempotentReplies",
                columns: table => new
                {
                    Key = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    Request = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    Status = table.Column<int>(type: "integer", nullable: false),
                    ContentType = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    Location = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: true),
                    Body = table.Column<byte[]>(type: "bytea", nullable: true),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IdempotentReplies", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "SavedViews",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Owner = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    Page = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Query = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DeletedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedViews", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ServerSamples",
                columns: table => new
                {
                    Owner = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    Server = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Requests = table.Column<int>(type: "integer", nullable: false),
                    Timeouts = table.Column<int>(type: "integer", nullable: false),
                    Rejects = table.Column<int>(type: "integer", nullable: false),
                    Drops = table.Column<int>(type: "integer", nullable: false),
                    P50 = table.Column<double>(type: "double precision", nullable: true),
                    P95 = table.Column<double>(type: "double precision", nullable: true),
                    P99 = table.Column<double>(type: "double precision", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ServerSamples", x => new { x.Owner, x.Server, x.At });
                });

            migrationBuilder.CreateTable(
                name: "SessionTraffic",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    AcctSessionId = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    InputOctets = table.Column<long>(type: "bigint", nullable: false),
                    OutputOctets = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SessionTraffic", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SettingVersions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Name = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Value = table.Column<string>(type: "character varying(60000)", maxLength: 60000, nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    CreatedBy = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SettingVersions", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_CallingStationId_StartedAt",
                table: "Sessions",
                columns: new[] { "CallingStationId", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_ClientAddress_StartedAt",
                table: "Sessions",
                columns: new[] { "ClientAddress", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_EndedAt",
                table: "Sessions",
                column: "EndedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_StartedAt",
                table: "Sessions",
                column: "StartedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_UserKey_StartedAt",
                table: "Sessions",
                columns: new[] { "UserKey", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PolicyDecisions_ClientAddress_At",
                table: "PolicyDecisions",
                columns: new[] { "ClientAddress", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_PolicyDecisions_UserKey_At",
                table: "PolicyDecisions",
                columns: new[] { "UserKey", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_AccountingDeliveries_AcctSessionId",
                table: "AccountingDeliveries",
                column: "AcctSessionId");

            migrationBuilder.CreateIndex(
                name: "IX_AccountingDeliveries_DeliveredAt",
                table: "AccountingDeliveries",
                column: "DeliveredAt");

            migrationBuilder.CreateIndex(
                name: "IX_ActivitySamples_At",
                table: "ActivitySamples",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Administrators_NameKey",
                table: "Administrators",
                column: "NameKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AdminSessions_ExpiresAt",
                table: "AdminSessions",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_ApiKeys_Hash",
                table: "ApiKeys",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AuditRecords_Actor_At",
                table: "AuditRecords",
                columns: new[] { "Actor", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditRecords_At",
                table: "AuditRecords",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_IdempotentReplies_At",
                table: "IdempotentReplies",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_SavedViews_Owner",
                table: "SavedViews",
                column: "Owner");

            migrationBuilder.CreateIndex(
                name: "IX_ServerSamples_At",
                table: "ServerSamples",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_SessionTraffic_AcctSessionId",
                table: "SessionTraffic",
                column: "AcctSessionId");

            migrationBuilder.CreateIndex(
                name: "IX_SettingVersions_Name",
                table: "SettingVersions",
                column: "Name");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AccountingDeliveries");

            migrationBuilder.DropTable(
                name: "ActivitySamples");

            migrationBuilder.DropTable(
                name: "Administrators");

            migrationBuilder.DropTable(
                name: "AdminPreferences");

            migrationBuilder.DropTable(
                name: "AdminSessions");

            migrationBuilder.DropTable(
                name: "ApiKeys");

            migrationBuilder.DropTable(
                name: "AuditHeads");

            migrationBuilder.DropTable(
                name: "AuditRecords");

            migrationBuilder.DropTable(
                name: "IdempotentReplies");

            migrationBuilder.DropTable(
                name: "SavedViews");

            migrationBuilder.DropTable(
                name: "ServerSamples");

            migrationBuilder.DropTable(
                name: "SessionTraffic");

            migrationBuilder.DropTable(
                name: "SettingVersions");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_CallingStationId_StartedAt",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_ClientAddress_StartedAt",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_EndedAt",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_StartedAt",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_UserKey_StartedAt",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_PolicyDecisions_ClientAddress_At",
                table: "PolicyDecisions");

            migrationBuilder.DropIndex(
                name: "IX_PolicyDecisions_UserKey_At",
                table: "PolicyDecisions");

            migrationBuilder.DropColumn(
                name: "ActiveAt",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "ReportedAt",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "TypedName",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "Arrival",
                table: "PolicyDecisions");

            migrationBuilder.DropColumn(
                name: "CallingStationId",
                table: "PolicyDecisions");

            migrationBuilder.DropColumn(
                name: "ClientAddress",
                table: "PolicyDecisions");

            migrationBuilder.DropColumn(
                name: "ElapsedMilliseconds",
                table: "PolicyDecisions");

            migrationBuilder.DropColumn(
                name: "Exchange",
                table: "PolicyDecisions");

            migrationBuilder.DropColumn(
                name: "Outcome",
                table: "PolicyDecisions");

            migrationBuilder.DropColumn(
                name: "Reference",
                table: "PolicyDecisions");

            migrationBuilder.DropColumn(
                name: "ReplyMessage",
                table: "PolicyDecisions");

            migrationBuilder.DropColumn(
                name: "ServerName",
                table: "PolicyDecisions");

            migrationBuilder.DropColumn(
                name: "UserKey",
                table: "PolicyDecisions");

            migrationBuilder.AlterColumn<string>(
                name: "UserKey",
                table: "Sessions",
                type: "character varying(253)",
                maxLength: 253,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(253)",
                oldMaxLength: 253,
                oldCollation: "C");

            migrationBuilder.AlterColumn<string>(
                name: "ClientAddress",
                table: "Sessions",
                type: "character varying(45)",
                maxLength: 45,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(45)",
                oldMaxLength: 45,
                oldCollation: "C");

            migrationBuilder.AlterColumn<string>(
                name: "CallingStationId",
                table: "Sessions",
                type: "character varying(253)",
                maxLength: 253,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(253)",
                oldMaxLength: 253,
                oldNullable: true,
                oldCollation: "C");

            migrationBuilder.AlterColumn<string>(
                name: "AcctSessionId",
                table: "Sessions",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(64)",
                oldMaxLength: 64,
                oldCollation: "C");

            migrationBuilder.AlterColumn<string>(
                name: "AcctSessionId",
                table: "SessionEvents",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(64)",
                oldMaxLength: 64,
                oldCollation: "C");

            migrationBuilder.AlterColumn<string>(
                name: "AcctSessionId",
                table: "PolicyDecisions",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(64)",
                oldMaxLength: 64,
                oldCollation: "C");

            migrationBuilder.AlterColumn<string>(
                name: "AcctSessionId",
                table: "AccountingRecords",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(64)",
                oldMaxLength: 64,
                oldCollation: "C");
        }
    }
}
