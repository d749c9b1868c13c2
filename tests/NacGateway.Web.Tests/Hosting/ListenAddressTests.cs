using Microsoft.Extensions.Configuration;
using NacGateway.Web.Hosting.Configuration;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>Where a listener listens is said in full, for each of them alike.</summary>
public sealed class ListenAddressTests
{
    public static TheoryData<string, string> Faulty { get; } = new MatrixTheoryData<string, string>(
        ["Gate:Listen", "Portal:Listen", "Portal:ListenHttps", "Admin:Listen"],
        ["localhost:8081", "8081", ":8081", "127.0.0.1", "::1", "2001:db8::1:8081", "[::1]", "127.0.0.1:65536", "127.0.0.1:+80"]);

    [Theory]
    [MemberData(nameof(Faulty))]
    public void What_is_not_address_and_port_is_refused_by_the_check(string key, string value) =>
        Assert.Contains(Errors(key, value), error => error.StartsWith($"{key} '{value}' is not ADDRESS:PORT. Write for example ", StringComparison.Ordinal));

    [Theory]
    [InlineData("127.0.0.1:0")]
    [InlineData("0.0.0.0:18081")]
    [InlineData("[::]:18081")]
    [InlineData("[2001:db8::1]:18081")]
    public void Address_and_port_are_taken(string value) =>
        Assert.DoesNotContain(Errors("Portal:Listen", value), error => error.Contains("ADDRESS:PORT", StringComparison.Ordinal));

    private static IReadOnlyList<string> Errors(string key, string value) =>
        SettingsCheck.Run(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(key, (string?)value)]).Build(), []).Errors;
}
