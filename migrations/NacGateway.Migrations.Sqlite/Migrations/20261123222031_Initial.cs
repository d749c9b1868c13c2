using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NacGateway.Migrations.Sqlite.Migrations
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
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Owner = table.Column<string>(type: "TEXT", maxLength: 253, nullable: false),
                    AcctSessionId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    UserName = table.Column<string>(type: "TEXT", maxLength: 253, nullable: false),
                    UserKey = table.Column<string>(type: "TEXT", maxLength: 253, nullable: false),
                    ClientAddress = table.Column<string>(type: "TEXT", maxLength: 45, nullable: false),
                    CallingStationId = table.Column<string>(type: "TEXT", maxLength: 253, nullable: true),
                    ServerName = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    StartedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SessionTimeout = table.Column<long>(type: "INTEGER", nullable: true),
                    IdleTimeout = table.Column<long>(type: "INTEGER", nullable: true),
                    Classes = table.Column<byte[]>(type: "BLOB", nullable: true),
                    InputOctets = table.Column<long>(type: "INTEGER", nullable: false),
                    OutputOctets = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    TerminateCause = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Sessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ThrottleEntries",
                columns: table => new
                {
                    Key = table.Column<string>(type: "TEXT", maxLength: 66, nullable: false),
                    Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    WindowEndsAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    BlockedUntil = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ThrottleEntries", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "WriterMarks",
                columns: table => new
                {
                    Owner = table.Column<string>(type: "TEXT", maxLength: 253, nullable: false),
                    LastBatch = table.Column<Guid>(type: "TEXT", nullable: false)
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
