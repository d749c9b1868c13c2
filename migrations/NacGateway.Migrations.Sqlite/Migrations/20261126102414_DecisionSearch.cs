using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NacGateway.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class DecisionSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_PolicyDecisions_CallingStationId_At",
                table: "PolicyDecisions",
                columns: new[] { "CallingStationId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_PolicyDecisions_Outcome_At",
                table: "PolicyDecisions",
                columns: new[] { "Outcome", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_PolicyDecisions_Reference",
                table: "PolicyDecisions",
                column: "Reference");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_PolicyDecisions_CallingStationId_At",
                table: "PolicyDecisions");

            migrationBuilder.DropIndex(
                name: "IX_PolicyDecisions_Outcome_At",
                table: "PolicyDecisions");

            migrationBuilder.DropIndex(
                name: "IX_PolicyDecisions_Reference",
                table: "PolicyDecisions");
        }
    }
}
