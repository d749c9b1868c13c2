using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NacGateway.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Desk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "ActiveAt",
                table: "Sessions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ReportedAt",
                table: "Sessions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TypedName",
                table: "Sessions",
                type: "TEXT",
                maxLength: 253,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Arrival",
                table: "PolicyDecisions",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CallingStationId",
                table: "PolicyDecisions",
                type: "TEXT",
                maxLength: 253,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ClientAddress",
                table: "PolicyDecisions",
                type: "TEXT",
                maxLength: 45,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ElapsedMilliseconds",
                table: "PolicyDecisions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "Exchange",
                table: "PolicyDecisions",
                type: "BLOB",
                maxLength: 9000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Outcome",
                table: "PolicyDecisions",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reference",
                table: "PolicyDecisions",
                type: "TEXT",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ReplyMessage",
                table: "PolicyDecisions",
                type: "TEXT",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ServerName",
                table: "PolicyDecisions",
                type: "TEXT",
                maxLength: 128,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "UserKey",
                table: "PolicyDecisions",
                type: "TEXT",
                maxLength: 253,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AccountingDeliveries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    AcctSessionId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    EventAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DeliveredAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ServerName = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountingDeliveries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ActivitySamples",
                columns: table => new
                {
                    Owner = table.Column<string>(type: "TEXT", maxLength: 253, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Sessions = table.Column<int>(type: "INTEGER", nullable: false),
                    Accepted = table.Column<int>(type: "INTEGER", nullable: false),
                    Challenged = table.Column<int>(type: "INTEGER", nullable: false),
                    Refused = table.Column<int>(type: "INTEGER", nullable: false),
                    Unanswered = table.Column<int>(type: "INTEGER", nullable: false),
                    NotTried = table.Column<int>(type: "INTEGER", nullable: false),
                    Intercepted = table.Column<long>(type: "INTEGER", nullable: false),
                    Forwarded = table.Column<long>(type: "INTEGER", nullable: false),
                    InputOctets = table.Column<long>(type: "INTEGER", nullable: false),
                    OutputOctets = table.Column<long>(type: "INTEGER", nullable: false),
                    Outbox = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ActivitySamples", x => new { x.Owner, x.At });
                });

            migrationBuilder.CreateTable(
                name: "Administrators",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    NameKey = table.Column<string>(type: "TEXT", maxLength: 253, nullable: false),
                    PasswordHash = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    Role = table.Column<int>(type: "INTEGER", nullable: false),
                    TotpSecret = table.Column<byte[]>(type: "BLOB", maxLength: 128, nullable: true),
                    TotpStep = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    CreatedBy = table.Column<string>(type: "TEXT", maxLength: 253, nullable: false),
                    ClosedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LastSignInAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Administrators", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AdminPreferences",
                columns: table => new
                {
                    Owner = table.Column<string>(type: "TEXT", maxLength: 253, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Value = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AdminPreferences", x => new { x.Owner, x.Name });
                });

            migrationBuilder.CreateTable(
                name: "AdminSessions",
                columns: table => new
                {
                    TokenHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 253, nullable: false),
                    Role = table.Column<int>(type: "INTEGER", nullable: false),
                    Origin = table.Column<string>(type: "TEXT", maxLength: 160, nullable: false),
                    StartedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SeenAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 45, nullable: false),
                    UserAgent = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AdminSessions", x => x.TokenHash);
                });

            migrationBuilder.CreateTable(
                name: "ApiKeys",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Prefix = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Role = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedBy = table.Column<string>(type: "TEXT", maxLength: 253, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LastUsedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    RevokedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApiKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AuditHeads",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditHeads", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AuditRecords",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Actor = table.Column<string>(type: "TEXT", maxLength: 253, nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    Source = table.Column<string>(type: "TEXT", maxLength: 45, nullable: true),
                    Action = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Target = table.Column<string>(type: "TEXT", maxLength: 253, nullable: true),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Detail = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    PreviousHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditRecords", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "IdempotentReplies",
                columns: table => new
                {
                    Key = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Request = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    ContentType = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    Location = table.Column<string>(type: "TEXT", maxLength: 512, nullable: true),
                    Body = table.Column<byte[]>(type: "BLOB", nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IdempotentReplies", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "SavedViews",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Owner = table.Column<string>(type: "TEXT", maxLength: 253, nullable: false),
                    Page = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Query = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DeletedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedViews", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ServerSamples",
                columns: table => new
                {
                    Owner = table.Column<string>(type: "TEXT", maxLength: 253, nullable: false),
                    Server = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Requests = table.Column<int>(type: "INTEGER", nullable: false),
                    Timeouts = table.Column<int>(type: "INTEGER", nullable: false),
                    Rejects = table.Column<int>(type: "INTEGER", nullable: false),
                    Drops = table.Column<int>(type: "INTEGER", nullable: false),
                    P50 = table.Column<double>(type: "REAL", nullable: true),
                    P95 = table.Column<double>(type: "REAL", nullable: true),
                    P99 = table.Column<double>(type: "REAL", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ServerSamples", x => new { x.Owner, x.Server, x.At });
                });

            migrationBuilder.CreateTable(
                name: "SessionTraffic",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    AcctSessionId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    InputOctets = table.Column<long>(type: "INTEGER", nullable: false),
                    OutputOctets = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SessionTraffic", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SettingVersions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Value = table.Column<string>(type: "TEXT", maxLength: 60000, nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    CreatedBy = table.Column<string>(type: "TEXT", maxLength: 253, nullable: false)
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
        }
    }
}
