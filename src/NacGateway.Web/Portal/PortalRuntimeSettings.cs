using NacGateway.Core.Administration.Runtime;

namespace NacGateway.Web.Portal;

/// <summary>What the portal's pages say and show that may be changed while the gateway runs.</summary>
internal static class PortalRuntimeSettings
{
    private const string Effect = "Pages that are asked for from now on.";
    private static readonly PortalOptionsAttributesValidator s_attributes = new();
    private static readonly PortalOptionsValidator s_validator = new();

    public static IReadOnlyList<RuntimeSetting> Of(PortalSettings portal) =>
    [
        Make(portal, nameof(PortalOptions.OrganisationName), "Name of the organisation", "Who runs the network, on every page of the portal.", "1 to 60 characters.", options => options.OrganisationName, (options, text) => options.OrganisationName = text),
        Make(portal, nameof(PortalOptions.NetworkName), "Name of the network", "The network (SSID) as people know it.", "At most 64 characters; empty leaves the sentence out.", options => options.NetworkName, (options, text) => options.NetworkName = OrNone(text)),
        Make(portal, nameof(PortalOptions.ServiceDesk), "Service desk", "How to reach the service desk.", "Words or a telephone number, at most 120 characters; empty leaves it out.", options => options.ServiceDesk, (options, text) => options.ServiceDesk = OrNone(text)),
        Make(portal, nameof(PortalOptions.ContinueUrl), "Continue", "Where \"Continue\" leads after sign-in.", "An http or https URL; empty for no such button.", options => options.ContinueUrl?.OriginalString, (options, text) => options.ContinueUrl = Link(text)),
        Make(portal, nameof(PortalOptions.PasswordUrl), "Change of password", "Where people change a password that has run out.", "An http or https URL; empty names the service desk alone.", options => options.PasswordUrl?.OriginalString, (options, text) => options.PasswordUrl = Link(text)),
        Choice(portal, nameof(PortalOptions.RequireTerms), "Terms must be accepted", "Whether signing in takes that the terms are accepted.", options => options.RequireTerms, (options, value) => options.RequireTerms = value),
        Choice(portal, nameof(PortalOptions.ShowReplyMessages), "Words of the RADIUS server", "Whether Reply-Messages are shown to people.", options => options.ShowReplyMessages, (options, value) => options.ShowReplyMessages = value),
        Make(portal, nameof(PortalOptions.Terms), "Terms of use", "What people accept to sign in.", "Plain text, one paragraph a line, at most 8000 characters; empty for the built-in ones.", options => options.Terms, (options, text) => options.Terms = OrNone(text)) with { IsList = true },
        Make(portal, nameof(PortalOptions.DefaultLanguage), "Language", "The language of the pages when the browser asks for none of ours.", "en, de or ar.", options => options.DefaultLanguage, (options, text) => options.DefaultLanguage = text),
    ];

    private static string? OrNone(string text) => text.Length == 0 ? null : text;

    private static Uri? Link(string text) => text.Length == 0 ? null : new Uri(text, UriKind.RelativeOrAbsolute);

    private static RuntimeSetting Choice(PortalSettings portal, string key, string title, string purpose, Func<PortalOptions, bool> read, Action<PortalOptions, bool> write)
    {
        var setting = Make(portal, key, title, purpose, "true or false.", options => read(options) ? "true" : "false", (options, text) => write(options, text == "true"));
        return setting with { Check = value => value is "true" or "false" ? [] : [$"{setting.Name}: Write true or false."] };
    }

    private static RuntimeSetting Make(PortalSettings portal, string key, string title, string purpose, string range, Func<PortalOptions, string?> read, Action<PortalOptions, string> write) => new()
    {
        Name = $"{PortalOptions.Section}:{key}",
        Title = title,
        Purpose = purpose,
        Range = range,
        Effect = Effect,
        Configured = () => read(portal.Configured) ?? "",
        Check = value =>
        {
            var options = portal.Current.Copy();
            write(options, value);
            return [.. (s_attributes.Validate(name: null, options).Failures ?? []).Select(failure => $"{PortalOptions.Section}:{failure}"), .. s_validator.Validate(name: null, options).Failures ?? []];
        },
        Take = value =>
        {
            var options = portal.Current.Copy();
            write(options, value ?? read(portal.Configured) ?? "");
            portal.Current = options;
        },
    };
}
