using System.ComponentModel;
using NacGateway.Core.Accounting;
using NacGateway.Core.Authentication;
using NacGateway.Core.Coa;
using NacGateway.Core.Enforcement;
using NacGateway.Core.Insight;
using NacGateway.Core.Policy;
using NacGateway.Core.Storage;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Live;
using NacGateway.Web.Gate;
using NacGateway.Web.Hosting.Listeners;
using NacGateway.Web.Observability;
using NacGateway.Web.Observability.Syslog;
using NacGateway.Web.Portal;
using SessionOptions = NacGateway.Core.Sessions.SessionOptions;

namespace NacGateway.Web.Hosting.Configuration;

/// <summary>Every key that the gateway knows, read from the options classes; whatever else is set is a mistake and is named as one.</summary>
internal sealed class KeySchema
{
    /// <summary>The options classes by section. One line for each feature.</summary>
    public static IReadOnlyList<(string Section, Type Type)> Sections { get; } =
    [
        (StorageOptions.Section, typeof(StorageOptions)),
        (RadiusOptions.Section, typeof(RadiusOptions)),
        (SessionOptions.Section, typeof(SessionOptions)),
        (PolicyOptions.Section, typeof(PolicyOptions)),
        (InsightOptions.Section, typeof(InsightOptions)),
        (AccountingOptions.Section, typeof(AccountingOptions)),
        (ThrottleOptions.Section, typeof(ThrottleOptions)),
        (CoaOptions.Section, typeof(CoaOptions)),
        (EnforcementOptions.Section, typeof(EnforcementOptions)),
        (MacBypassOptions.Section, typeof(MacBypassOptions)),
        (GateOptions.Section, typeof(GateOptions)),
        (WalledGardenOptions.Section, typeof(WalledGardenOptions)),
        (PortalOptions.Section, typeof(PortalOptions)),
        (AdminOptions.Section, typeof(AdminOptions)),
        (ApiOptions.Section, typeof(ApiOptions)),
        (LiveOptions.Section, typeof(LiveOptions)),
        (LimitsOptions.Section, typeof(LimitsOptions)),
        (LogOptions.Section, typeof(LogOptions)),
        (TelemetryOptions.Section, typeof(TelemetryOptions)),
        (SyslogOptions.Section, typeof(SyslogOptions)),
    ];

    private readonly KeyNode _root = KeyNode.Object();

    public KeySchema()
    {
        foreach (var (section, type) in Sections)
        {
            _root.Add(section, KeyNode.Of(type));
        }

        // The proxy's own section has a check of its own.
        _root.Add(RoutesCheck.Section, KeyNode.Free());
    }

    /// <summary>Every key, the numbers of lists written N.</summary>
    public IEnumerable<string> Keys => _root.Paths();

    /// <summary>
    /// Compares what is set with what is known. Returns the values that can be bound, so that the validators behind can report their
    /// errors in the same run.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Check(IConfiguration configuration, List<string> errors)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(errors);
        var bindable = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var section in configuration.GetChildren())
        {
            Walk(section, _root, "", errors, bindable);
        }

        return bindable;
    }

    /// <summary>Whether a key is one of ours and its value no secret. Of the proxy's own section nobody here knows what is in it.</summary>
    public bool MayShow(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var node = _root;
        foreach (var step in key.Split(':'))
        {
            if (!TryStep(node, step, out node))
            {
                return false;
            }
        }

        return node is { ValueType: not null, IsSecret: false };
    }

    private void Walk(IConfigurationSection section, KeyNode parent, string parentPath, List<string> errors, Dictionary<string, string?> bindable)
    {
        if (!TryStep(parent, section.Key, out var node))
        {
            errors.Add(Unknown(section, parent, parentPath));
            return;
        }

        // The environment writes keys in capitals; messages name them as they are documented.
        var name = parent.Children.Keys.FirstOrDefault(key => string.Equals(key, section.Key, StringComparison.OrdinalIgnoreCase)) ?? section.Key;
        var children = section.GetChildren().ToArray();
        if (node.IsFree)
        {
            foreach (var (key, value) in section.AsEnumerable())
            {
                bindable[key] = value;
            }

            return;
        }

        if (node.ValueType is not null)
        {
            CheckValue(section, node, children.Length != 0, errors, bindable);
            return;
        }

        if (children.Length == 0 && !string.IsNullOrEmpty(section.Value))
        {
            errors.Add($"{section.Path} is not one value. Set its parts: {string.Join(", ", Parts(section.Path, node))}.");
        }

        foreach (var child in children)
        {
            Walk(child, node, $"{parentPath}{name}:", errors, bindable);
        }
    }

    private static bool TryStep(KeyNode parent, string key, out KeyNode node)
    {
        if (parent.Children.TryGetValue(key, out var named))
        {
            node = named;
            return true;
        }

        node = parent.Element!;
        return parent.Element is not null && (!parent.IsList || int.TryParse(key, out _));
    }

    private static void CheckValue(IConfigurationSection section, KeyNode node, bool hasChildren, List<string> errors, Dictionary<string, string?> bindable)
    {
        if (hasChildren)
        {
            errors.Add($"{section.Path} takes one value, and has keys below it. Remove them.");
        }
        else if (section.Value is null || (section.Value.Length == 0 && node.MayBeEmpty) || Expected(node.ValueType!, section.Value) is not { } expected)
        {
            bindable[section.Path] = section.Value;
        }
        else if (section.Value.Length == 0)
        {
            errors.Add($"{section.Path} is empty. Write {expected}, or remove it.");
        }
        else
        {
            errors.Add($"{section.Path} is '{(node.IsSecret ? "(hidden)" : section.Value)}'. Write {expected}.");
        }
    }

    /// <summary>What should have been written; null when the value can be read.</summary>
    private static string? Expected(Type type, string value)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Contains(value, StringComparer.OrdinalIgnoreCase) ? null : $"one of {string.Join(", ", Enum.GetNames(type))}";
        }

        try
        {
            // A bare number would be one of days, and whoever writes 30 means anything but 30 days.
            if (type != typeof(TimeSpan) || value.Contains(':', StringComparison.Ordinal))
            {
                TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value);
                return null;
            }
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or NotSupportedException)
        {
            // Told below.
        }

        return type == typeof(TimeSpan) ? "a duration as hours:minutes:seconds, such as 00:00:10"
            : type == typeof(bool) ? "true or false"
            : type == typeof(Uri) ? "a URL"
            : type == typeof(double) ? "a number such as 0.05"
            : "a whole number";
    }

    private string Unknown(IConfigurationSection section, KeyNode parent, string parentPath)
    {
        var sibling = NearestKey.Find(section.Key, parent.Children.Keys);
        var nearest = sibling is not null
            ? parentPath + sibling
            : Keys.FirstOrDefault(key => key.EndsWith(":" + section.Key, StringComparison.OrdinalIgnoreCase)) ?? NearestKey.Find(section.Path, Keys);
        return nearest is null
            ? $"{section.Path} is no key of the gateway. Remove it; appsettings.example.json names every key."
            : $"{section.Path} is no key of the gateway. Did you mean {nearest}? Correct or remove it.";
    }

    private static IEnumerable<string> Parts(string path, KeyNode node) =>
        node.Element is null ? node.Children.Keys.Take(4).Select(child => $"{path}:{child}") : [$"{path}:{(node.IsList ? "0" : "NAME")}"];
}
