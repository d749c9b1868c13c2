using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NacGateway.Migrations.PostgreSql.Migrations
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
                type: "character varying(500)",
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
