using System.Net;
using NacGateway.TestKit;
using NacGateway.Web.Portal.Texts;
using Xunit;

namespace NacGateway.Web.Tests.Portal;

/// <summary>What may go wrong at sign-in, made to go wrong for real: its own words in each language, and a reference that the log has too.</summary>
public sealed class SignInTroubleTests
{
    private const string Closed = """{ "rules": [ { "name": "closed", "when": { "user": "alice" }, "refuse": "Closed until ten." } ] }""";

    private static readonly string[] Languages = ["en", "de", "ar"];

    [Theory]
    [InlineData("Rejected", 422)]
    [InlineData("NoAnswer", 503)]
    [InlineData("PasswordExpired", 422)]
    [InlineData("DeviceLimit", 422)]
    [InlineData("Throttled", 429)]
    [InlineData("Refused", 422)]
    public async Task Each_trouble_has_its_words_in_every_language_and_a_reference_that_the_log_has_too(string trouble, int status)
    {
        using var folder = new TemporaryFolder();
        var settings = Settings(trouble);
        if (trouble == "Refused")
        {
            settings["Policy:File"] = folder["policies.json"];
            await File.WriteAllTextAsync(folder["policies.json"], Closed, TestContext.Current.CancellationToken);
        }

        await using var site = new PortalSite { More = settings };
        await site.InitializeAsync();
        using var first = site.Client();
        await first.SignInAsync("alice", trouble == "Throttled" ? "wrong" : "wonderland");
        using var client = site.Client();

        foreach (var tag in Languages)
        {
            var form = await client.GetAsync($"/portal?lang={tag}");
            var entries = PortalClient.Entries(trouble == "PasswordExpired" ? "olga" : "alice", trouble switch { "Rejected" => "wrong", "PasswordExpired" => "yesterday", _ => "wonderland" }, form.Token);
            var answer = await client.PostAsync($"/portal/sign-in?lang={tag}", entries);

            Assert.Equal(status, (int)answer.Status);
            Assert.Contains(Title(trouble, tag), WebUtility.HtmlDecode(answer.Html), StringComparison.Ordinal);
            Assert.Equal(trouble == "Refused", answer.Html.Contains("Closed until ten.", StringComparison.Ordinal));
            Assert.NotEmpty(answer.Reference);
            Assert.Contains(site.Log, line => line.Message.StartsWith(answer.Reference, StringComparison.Ordinal));
            Assert.Equal(511, await client.AskGateAsync());
        }
    }

    private static string Title(string trouble, string tag)
    {
        var texts = PortalLanguage.Find(tag)!.Texts;
        return trouble == "DeviceLimit" ? texts.Format("DeviceLimit_Title", 1, 1) : texts[$"{trouble}_Title"];
    }

    private static Dictionary<string, string?> Settings(string trouble) => new(StringComparer.Ordinal)
    {
        ["Radius:LoginBudget"] = trouble == "NoAnswer" ? "00:00:01" : "00:00:10",
        ["Radius:Servers:0:Secret"] = trouble == "NoAnswer" ? "a secret that the server does not know" : "a secret between two tests",
        ["Radius:Servers:0:Method"] = trouble == "PasswordExpired" ? "MsChapV2" : "Pap",
        ["Radius:Servers:0:AllowMsChapOverUdp"] = "true",
        ["Sessions:MaxPerUser"] = trouble == "DeviceLimit" ? "1" : "0",
        ["Throttle:UserFailures"] = trouble == "Throttled" ? "1" : "100",
    };
}
