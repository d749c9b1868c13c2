using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>Rules by the command line of the real program, on a database of its own.</summary>
public sealed class PolicyCommandTests : IDisposable
{
    private const string Wrong = """{ "roles": [ { "name": "a" } ], "rules": [ { "name": "x", "role": "b" } ] }""";
    private const string Right = """{ "roles": [ { "name": "a" } ], "rules": [ { "name": "x", "role": "a" } ] }""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rules_are_seeded_then_replaced_as_a_whole_and_never_by_the_seed_again()
    {
        await ExpectAsync(0, "Version 1 of the rules is in force.", "seed");
        await ExpectAsync(0, "Version 1 of the rules is in force, as before.", "seed");
        await WriteAsync(Wrong);
        await ExpectAsync(2, "rules[0] names role 'b' in role, and there is none. Add it to roles", "policy", "apply", "rules.json");
        await WriteAsync(Right);
        await ExpectAsync(0, "Version 2 of the rules is in force.", "policy", "apply", "rules.json", "--by", "ada");
        await ExpectAsync(0, "Version 2 of the rules is in force, as before.", "seed");
        await ExpectAsync(0, "Version 2, made by ada", "policy", "show");
        await ExpectAsync(0, Right, "policy", "show");
    }

    [Fact]
    public async Task Rules_that_can_never_hold_are_warned_of()
    {
        await WriteAsync("""{ "roles": [ { "name": "a" } ], "rules": [ { "name": "printers", "when": { "device": "02-00-5E" }, "role": "a" }, { "name": "all", "role": "a" } ] }""");
        await ExpectAsync(0, "Applied", "migrate");

        await ExpectAsync(0, "warning: these rules ask for the MAC address of a device, which is not known, so that they never hold: printers.", "policy", "apply", "rules.json");
    }

    [Fact]
    public async Task A_test_says_what_a_sign_in_would_get()
    {
        await WriteAsync(Right);
        await ExpectAsync(0, "Applied", "migrate");

        await ExpectAsync(0, "Rule 'x' held. It gives role a. Access was granted. Applied: Session-Timeout 00:10:00 (the server)", "policy", "test", "--user", "alice", "--attr", "Session-Timeout=600", "--file", "rules.json");
        await ExpectAsync(1, "names role 'nobody'", "policy", "test", "--user", "alice", "--attr", "Filter-Id=nobody", "--file", "rules.json");
        await ExpectAsync(2, "--attr 'Klass=x'", "policy", "test", "--user", "alice", "--attr", "Klass=x", "--file", "rules.json");
    }

    [Fact]
    public async Task A_file_of_rules_that_is_wrong_is_found_by_the_check()
    {
        await WriteAsync(Wrong);

        await ExpectAsync(2, "Policy:File 'rules.json': rules[0] names role 'b'", "check", "--Policy:File=rules.json");
    }

    private Task WriteAsync(string rules) => File.WriteAllTextAsync(_folder["rules.json"], rules, TestContext.Current.CancellationToken);

    private async Task ExpectAsync(int exitCode, string words, params string[] arguments)
    {
        var (ended, output) = await GatewayProgram.RunAsync(_folder.FullName, TestContext.Current.CancellationToken, [.. arguments, .. GatewayProgram.Serve.Skip(1)]);

        Assert.True(exitCode == ended, $"{ended}: {output}");
        Assert.Contains(words, output, StringComparison.Ordinal);
    }
}
