using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NacGateway.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class NoticeToPerson : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Notice",
                table: "Sessions",
                type: "TEXT",
                maxLength: 500,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Notice",
                table: "Sessions");
        }
    }
}
