using System.Net;
using NacGateway.TestKit;
using NacGateway.Web.Tests.Hosting;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Access;

/// <summary>A gateway that nobody has set up yet, and the command that makes its first administrator.</summary>
public sealed class FirstStartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("first");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nobody_gets_in_before_an_account_was_made_and_the_command_makes_one_beside_the_running_gateway()
    {
        await using var gateway = GatewayProgram.Start(_folder.FullName, GatewayProgram.Serve);
        var desk = await gateway.ListeningAsync("Admin", Cancellation);
        using var browser = new DeskBrowser(desk);
        Assert.Contains("nacgateway admin add NAME", gateway.Output, StringComparison.Ordinal);
        Assert.Contains("Nobody can sign in yet", await browser.PageAsync("/sign-in"), StringComparison.Ordinal);
        using var refused = await browser.SignInAsync("admin", "admin");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);

        var (exitCode, output) = await AdminAsync("correct horse battery\n", "add", "root", "--totp", "--password-stdin");

        Assert.Equal(0, exitCode);
        Assert.Contains("otpauth://totp/NacGateway:root?secret=", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Nobody can sign in yet", await browser.PageAsync("/sign-in"), StringComparison.Ordinal);
        using var asked = await browser.SignInAsync("root", "correct horse battery");
        Assert.Contains("Code from your authenticator", await asked.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        var (off, _) = await AdminAsync("", "totp", "root", "--off");
        using var answer = await browser.SignInAsync("root", "correct horse battery");
        Assert.Equal((0, HttpStatusCode.SeeOther), (off, answer.StatusCode));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["data/desk.key"]));
        }
    }

    [Fact]
    public async Task Each_verb_says_what_it_did_and_what_it_refused()
    {
        var (migrated, _) = await GatewayProgram.RunAsync(_folder.FullName, Cancellation, ["migrate", .. GatewayProgram.Serve[1..]]);
        Assert.Equal(0, migrated);

        var weak = await AdminAsync("short\n", "add", "root", "--password-stdin");
        var strange = await AdminAsync("correct horse battery\n", "add", "key root", "--password-stdin");
        var added = await AdminAsync("correct horse battery\n", "add", "root", "--role", "Viewer", "--password-stdin");
        var twice = await AdminAsync("correct horse battery\n", "add", "ROOT", "--password-stdin");
        var role = await AdminAsync("", "role", "root", "Administrator");
        var password = await AdminAsync("another horse battery\n", "password", "root", "--password-stdin");
        var list = await AdminAsync("", "list");
        var closed = await AdminAsync("", "close", "root");
        var nobody = await AdminAsync("", "close", "root");

        Assert.Equal([2, 2, 0, 1, 0, 0, 0, 0, 1], [weak.ExitCode, strange.ExitCode, added.ExitCode, twice.ExitCode, role.ExitCode, password.ExitCode, list.ExitCode, closed.ExitCode, nobody.ExitCode]);
        Assert.Contains("at least 12 characters", weak.Output, StringComparison.Ordinal);
        Assert.Contains("root\tAdministrator\tpassword\topen", list.Output, StringComparison.Ordinal);
        Assert.Contains("last open account", closed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_without_a_schema_is_named_with_the_remedy()
    {
        var (exitCode, output) = await AdminAsync("correct horse battery\n", "add", "root", "--password-stdin");

        Assert.Equal(1, exitCode);
        Assert.Contains("migrate", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output)> AdminAsync(string input, params string[] arguments)
    {
        // A program that is started by the tests has no standard input of its own: the shell gives it one.
        await using var program = ChildProcess.Start(
            "/bin/sh",
            ["-c", "input=$1; shift; printf %s \"$input\" | dotnet \"$@\"", "sh", input, Path.Combine(AppContext.BaseDirectory, "nacgateway.dll"), "admin", .. arguments, .. GatewayProgram.Serve[1..]],
            workingDirectory: _folder.FullName);
        var exitCode = await program.WaitForExitAsync(Cancellation);
        return (exitCode, program.Output);
    }
}
