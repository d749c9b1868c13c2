using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace NacGateway.Migrations.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Sessions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Owner = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    AcctSessionId = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    UserName = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    UserKey = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    ClientAddress = table.Column<string>(type: "character varying(45)", maxLength: 45, nullable: false),
                    CallingStationId = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: true),
                    ServerName = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    StartedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    SessionTimeout = table.Column<long>(type: "bigint", nullable: true),
                    IdleTimeout = table.Column<long>(type: "bigint", nullable: true),
                    Classes = table.Column<byte[]>(type: "bytea", nullable: true),
                    InputOctets = table.Column<long>(type: "bigint", nullable: false),
                    OutputOctets = table.Column<long>(type: "bigint", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    TerminateCause = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Sessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ThrottleEntries",
                columns: table => new
                {
                    Key = table.Column<string>(type: "character varying(66)", maxLength: 66, nullable: false),
                    Failures = table.Column<int>(type: "integer", nullable: false),
                    WindowEndsAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    BlockedUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ThrottleEntries", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "WriterMarks",
                columns: table => new
                {
                    Owner = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    LastBatch = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WriterMarks", x => x.Owner);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_AcctSessionId",
                table: "Sessions",
                column: "AcctSessionId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_ClientAddress_Open",
                table: "Sessions",
                columns: new[] { "Owner", "ClientAddress" },
                unique: true,
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_UserKey_Open",
                table: "Sessions",
                column: "UserKey",
                filter: "\"EndedAt\" IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Sessions");

            migrationBuilder.DropTable(
                name: "ThrottleEntries");

            migrationBuilder.DropTable(
                name: "WriterMarks");
        }
    }
}
