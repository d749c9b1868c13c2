using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Fixtures;

public sealed class PostgreSqlServerTests(PostgreSqlServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_test_gets_a_database_of_its_own()
    {
        var first = await server.CreateDatabaseAsync(Cancel);
        var second = await server.CreateDatabaseAsync(Cancel);
        await server.QueryAsync(first, "CREATE TABLE only_here (id int)", Cancel);

        var tables = await server.QueryAsync(second, "SELECT count(*) FROM pg_tables WHERE tablename = 'only_here'", Cancel);

        Assert.Equal("0", tables);
    }

    [Fact]
    public async Task A_template_is_prepared_once_and_copied_for_each_test()
    {
        var prepared = 0;
        async Task Prepare(string connectionString, CancellationToken cancellationToken)
        {
            prepared++;
            await server.QueryAsync(connectionString.Replace(";Pooling=false", "", StringComparison.Ordinal), "CREATE TABLE everywhere (id int)", cancellationToken);
        }

        await server.CreateDatabaseAsync("fixture_template", Prepare, Cancel);
        var second = await server.CreateDatabaseAsync("fixture_template", Prepare, Cancel);

        Assert.Equal(1, prepared);
        Assert.Equal("0", await server.QueryAsync(second, "SELECT count(*) FROM everywhere", Cancel));
    }

    [Fact]
    public async Task What_is_committed_is_on_the_disk_as_in_production()
    {
        var database = await server.CreateDatabaseAsync(Cancel);

        Assert.Equal("on", await server.QueryAsync(database, "SHOW fsync", Cancel));
    }
}
