using System.Text;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.SignIn;

/// <summary>What a person types stays with the person: not even the most talkative log or the database has it.</summary>
public sealed class PasswordSecrecyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Pap")]
    [InlineData("Chap")]
    [InlineData("MsChapV2")]
    [Requirement("RPW-4")]
    public async Task Passwords_and_secrets_are_in_no_log_and_no_file(string method)
    {
        string[] secrets = ["wonderland", "looking-glass", "yesterday", "builder", "123456", new FreeRadiusOptions().Secret];
        await using var site = await Site.StartAsync(
            Cancel, settings: [.. Site.Method(method), ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft", "Trace")]);
        using var person = site.Person();

        await person.SignInAsync("alice", "looking-glass", Cancel);
        await person.SignInAsync("olga", "yesterday", Cancel);
        await person.SignInAsync("bob", "builder", Cancel);
        await person.SubmitAsync("/portal/challenge", [new("answer", "123456")], Cancel);
        await person.SignInAsync("alice", "wonderland", Cancel);
        await site.Gateway.StopAsync("TERM");

        Assert.Contains("alice", site.Gateway.Log, StringComparison.Ordinal);
        foreach (var text in Files(site).Append(site.Gateway.Log))
        {
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }
    }

    /// <summary>Every file of the gateway but the configuration, octets as characters.</summary>
    private static IEnumerable<string> Files(Site site)
    {
        var files = Directory.GetFiles(site.Gateway.Folder.FullName, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "appsettings.json");
        Assert.NotEmpty(files);
        return files.Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file)));
    }
}
