using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NacGateway.Migrations.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class SharedViews : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "Shared",
                table: "SavedViews",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_SavedViews_Shared",
                table: "SavedViews",
                column: "Shared");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_SavedViews_Shared",
                table: "SavedViews");

            migrationBuilder.DropColumn(
                name: "Shared",
                table: "SavedViews");
        }
    }
}
