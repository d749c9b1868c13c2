using NacGateway.Web.Desk;

namespace NacGateway.Web.Tests.Admin.Rules;

/// <summary>Sends forms as a page of the desk does.</summary>
internal static class Forms
{
    public static Task<HttpResponseMessage> PostAsync(this HttpClient client, string path, params IEnumerable<(string Name, string Value)> fields) =>
        client.PostAsync(
            path,
            new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create(DeskOrigin.Field, HeaderAuthentication.FormToken)]),
            Xunit.TestContext.Current.CancellationToken);

    public static Task<string> TextAsync(this HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Xunit.TestContext.Current.CancellationToken);
}
