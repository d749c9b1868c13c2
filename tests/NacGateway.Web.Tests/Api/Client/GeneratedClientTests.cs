using System.Text.Json.Nodes;
using NacGateway.Core.Administration;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Tests.Admin;
using Xunit;

namespace NacGateway.Web.Tests.Api.Client;

/// <summary>A client that is made from the gateway's own document does what the document says.</summary>
public sealed class GeneratedClientTests(GeneratedClientTests.Made made) : IClassFixture<GeneratedClientTests.Made>
{
    [Theory]
    [InlineData("Start", DeskRole.Administrator)]
    [InlineData("Stranger", null)]
    [InlineData("Views", DeskRole.Viewer)]
    [InlineData("Access", DeskRole.Administrator)]
    [InlineData("Insight", DeskRole.Administrator)]
    [InlineData("Onlooker", DeskRole.Viewer)]
    public async Task A_program_that_was_written_against_the_document_runs(string program, DeskRole? role)
    {
        using var http = made.Site.Client(role, "a program");
        http.DefaultRequestHeaders.Add("X-CSRF", HeaderAuthentication.FormToken);

        await made.Client.RunAsync(program, http);
    }

    [Fact]
    public async Task Rules_are_written_and_sessions_are_acted_on()
    {
        using var http = made.Site.Client(DeskRole.Administrator, "a program");
        http.DefaultRequestHeaders.Add("X-CSRF", HeaderAuthentication.FormToken);

        await made.Client.RunAsync("Rules", http);
        await made.Client.RunAsync("Sessions", http);
    }

    [Fact]
    public void Every_operation_of_the_document_is_called_by_a_program()
    {
        // A stream has no end that a typed client could wait for; LiveFeedTests reads it.
        var uncalled = made.Operations.Except(["watchEvents"], StringComparer.Ordinal).Where(name => !made.Programs.Any(program => program.Contains($"{char.ToUpperInvariant(name[0])}{name[1..]}Async(", StringComparison.Ordinal)));

        Assert.NotEmpty(made.Operations);
        Assert.Empty(uncalled);
    }

    /// <summary>The gateway, and the client of its document.</summary>
    public sealed class Made : IAsyncLifetime
    {
        internal DeskSite Site { get; } = new() { Seed = database => DeskSeed.SessionsAsync(database, 200, TimeProvider.System.GetUtcNow()) };

        internal GeneratedClient Client { get; private set; } = null!;

        internal IReadOnlyList<string> Operations { get; private set; } = [];

        internal IReadOnlyList<string> Programs { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            await Site.InitializeAsync();
            using var http = Site.Client(DeskRole.Viewer);
            var document = await http.GetStringAsync(ApiDocument.Address, TestContext.Current.CancellationToken);
            Operations = [.. JsonNode.Parse(document)!["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => (string)operation.Value!["operationId"]!)];
            Programs = [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Programs")).Select(File.ReadAllText)];
            Client = await GeneratedClient.MakeAsync(document, Programs);
        }

        public ValueTask DisposeAsync() => Site.DisposeAsync();
    }
}
