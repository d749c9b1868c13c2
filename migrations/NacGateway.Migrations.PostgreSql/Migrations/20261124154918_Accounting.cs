using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace NacGateway.Migrations.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Accounting : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Authentic",
                table: "Sessions",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<byte[]>(
                name: "ChargeableUserIdentity",
                table: "Sessions",
                type: "bytea",
                maxLength: 253,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DownloadRate",
                table: "Sessions",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "InputQuota",
                table: "Sessions",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "InterimInterval",
                table: "Sessions",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Message",
                table: "Sessions",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "OutputQuota",
                table: "Sessions",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Reauthenticates",
                table: "Sessions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Role",
                table: "Sessions",
                type: "character varying(128)",
                maxLength: 128,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "State",
                table: "Sessions",
                type: "bytea",
                maxLength: 253,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TotalQuota",
                table: "Sessions",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "TunnelAttributes",
                table: "Sessions",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "UploadRate",
                table: "Sessions",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AccountingRecords",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Owner = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    AcctSessionId = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Status = table.Column<int>(type: "integer", nullable: false),
                    EventAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ServerName = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    Attributes = table.Column<byte[]>(type: "bytea", nullable: false),
                    SetAsideAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    SetAsideReason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountingRecords", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CoaReplies",
                columns: table => new
                {
                    Digest = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Code = table.Column<byte>(type: "smallint", nullable: false),
                    Attributes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CoaReplies", x => x.Digest);
                });

            migrationBuilder.CreateTable(
                name: "PolicyDecisions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    AcctSessionId = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    UserName = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    PolicyVersion = table.Column<int>(type: "integer", nullable: false),
                    Rule = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    Role = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    IsGranted = table.Column<bool>(type: "boolean", nullable: false),
                    Words = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PolicyDecisions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PolicyVersions",
                columns: table => new
                {
                    Version = table.Column<int>(type: "integer", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    CreatedBy = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    Digest = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PolicyVersions", x => x.Version);
                });

            migrationBuilder.CreateTable(
                name: "SessionEvents",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    AcctSessionId = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    By = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    Text = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SessionEvents", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_CallingStationId_Open",
                table: "Sessions",
                column: "CallingStationId",
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AccountingRecords_AcctSessionId_Id",
                table: "AccountingRecords",
                columns: new[] { "AcctSessionId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_CoaReplies_At",
                table: "CoaReplies",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_PolicyDecisions_AcctSessionId",
                table: "PolicyDecisions",
                column: "AcctSessionId");

            migrationBuilder.CreateIndex(
                name: "IX_PolicyDecisions_At",
                table: "PolicyDecisions",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_SessionEvents_AcctSessionId",
                table: "SessionEvents",
                column: "AcctSessionId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AccountingRecords");

            migrationBuilder.DropTable(
                name: "CoaReplies");

            migrationBuilder.DropTable(
                name: "PolicyDecisions");

            migrationBuilder.DropTable(
                name: "PolicyVersions");

            migrationBuilder.DropTable(
                name: "SessionEvents");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_CallingStationId_Open",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "Authentic",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "ChargeableUserIdentity",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "DownloadRate",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "InputQuota",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "InterimInterval",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "Message",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "OutputQuota",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "Reauthenticates",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "Role",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "State",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "TotalQuota",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "TunnelAttributes",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "UploadRate",
                table: "Sessions");
        }
    }
}
