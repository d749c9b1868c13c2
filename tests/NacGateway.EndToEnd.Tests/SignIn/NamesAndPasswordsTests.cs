using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.SignIn;

/// <summary>Names and passwords at the bounds of what RADIUS carries, with FreeRADIUS as the judge.</summary>
public sealed class NamesAndPasswordsTests
{
    private static readonly string LongestName = new('u', 253);

    private static readonly string[] Names = ["EXAMPLE\\joe", "joe smith", "j\u00fcrgen@b\u00fccher.example", "Joe@REALM.Example", LongestName];

    private static readonly int[] Lengths = [1, 15, 16, 17, 32, 128];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Pap")]
    [InlineData("Chap")]
    [InlineData("MsChapV2")]
    [Requirement("RPW-1", "RPW-2", "RPW-3", "RCHAP-2", "RMS-1", "RMS-2", "RMS-4", "RMS-7", "RNAI-1", "RNAI-3", "RNAI-4", "RPKT-9")]
    public async Task FreeRADIUS_knows_everybody_by_every_method(string method)
    {
        var radius = new FreeRadiusOptions
        {
            Secret = new string('s', 64),
            Users = string.Concat(Names.Select(name => Entry(name, "clientPass"))) + string.Concat(Lengths.Select(length => Entry($"p{length}", Password(length)))) + Entry("zo\u00eb", "Gr\u00fc\u00dfe \u6771\u4eac"),
        };
        await using var site = await Site.StartAsync(Cancel, radius, [.. Site.Method(method), ("Radius:Servers:0:Secret", radius.Secret), ("Throttle:ClientFailures", "1000")]);
        using var person = site.Person();

        foreach (var name in Names)
        {
            await CheckAsync(site, person, name, "clientPass");
        }

        foreach (int length in Lengths)
        {
            await CheckAsync(site, person, $"p{length}", Password(length));
        }

        await CheckAsync(site, person, "zo\u00eb", "Gr\u00fc\u00dfe \u6771\u4eac");
        await person.SignInAsync("p128", Password(128) + "x", Cancel);
        Assert.Equal(511, await person.AskGateAsync(Cancel));
        await person.SignInAsync("p17", Password(16), Cancel);
        Assert.Equal(511, await person.AskGateAsync(Cancel));
    }

    private static async Task CheckAsync(Site site, Person person, string name, string password)
    {
        await person.SignInAsync(name, password, Cancel);
        Assert.True(person.Path == "/portal/status", $"{name} with {password.Length} characters: {person.Text}\n{site.Gateway.Log}");
        Assert.Equal(200, await person.AskGateAsync(Cancel));
        await person.SubmitAsync("/portal/log-off", [], Cancel);
        Assert.Equal(511, await person.AskGateAsync(Cancel));
    }

    private static string Password(int length) => string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26))));

    private static string Entry(string name, string password) =>
        $"\"{name}\"\tCleartext-Password := \"{password}\"\n\n";
}
