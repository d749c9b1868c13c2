using Yarp.ReverseProxy.Configuration;

namespace NacGateway.Web.Hosting.Configuration;

/// <summary>Judges the proxy's own section: its keys, then what YARP itself would say at the start, and what it would say at the first request only.</summary>
internal static class RoutesCheck
{
    public const string Section = "ReverseProxy";

    /// <param name="settings">All settings.</param>
    /// <param name="services">Where YARP is registered with these settings.</param>
    public static IEnumerable<string> Run(IConfiguration settings, IServiceProvider services)
    {
        var section = settings.GetSection(Section);
        List<string> errors = [.. UnknownKeys(section)];
        try
        {
            var validator = services.GetRequiredService<IConfigValidator>();
            foreach (var config in services.GetServices<IProxyConfigProvider>().Select(provider => provider.GetConfig()))
            {
                errors.AddRange(config.Routes.SelectMany(route => Problems(route, config.Clusters, validator)));
                errors.AddRange(config.Clusters.SelectMany(cluster => Problems(cluster, validator)));
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or ArgumentException)
        {
            // A value that YARP cannot read at all; what it says names the value.
            errors.Add($"{Section} cannot be read: {exception.GetBaseException().Message} Correct or remove it.");
        }

        return errors;
    }

    private static IEnumerable<string> Problems(RouteConfig route, IReadOnlyList<ClusterConfig> clusters, IConfigValidator validator)
    {
        var path = $"{Section}:Routes:{route.RouteId}";
        if (string.IsNullOrEmpty(route.ClusterId))
        {
            yield return $"{path}:ClusterId is missing. Give the name of one of {Section}:Clusters.";
        }
        else if (!clusters.Any(cluster => string.Equals(cluster.ClusterId, route.ClusterId, StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"{path}:ClusterId '{route.ClusterId}' is none of {Section}:Clusters. Correct it, or add the cluster.";
        }

        foreach (var problem in Known(validator.ValidateRouteAsync(route)))
        {
            yield return $"{path}: {problem.Message}";
        }
    }

    private static IEnumerable<string> Problems(ClusterConfig cluster, IConfigValidator validator)
    {
        var path = $"{Section}:Clusters:{cluster.ClusterId}";
        if (cluster.Destinations is not { Count: > 0 } destinations)
        {
            yield return $"{path}:Destinations is empty. Give at least one, such as {path}:Destinations:one:Address.";
        }
        else
        {
            foreach (var (name, destination) in destinations)
            {
                if (!Uri.TryCreate(destination.Address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
                {
                    yield return $"{path}:Destinations:{name}:Address '{destination.Address}' is not usable. Give an absolute http or https URL, such as http://192.0.2.10:8080/.";
                }
            }
        }

        foreach (var problem in Known(validator.ValidateClusterAsync(cluster)))
        {
            yield return $"{path}: {problem.Message}";
        }
    }

    /// <summary>YARP's own validators look at values only, so they are done when they return.</summary>
    private static IList<Exception> Known(ValueTask<IList<Exception>> problems) => problems.AsTask().GetAwaiter().GetResult();

    /// <summary>YARP passes over a key that it does not know, and the route or its limit is then not there.</summary>
    private static IEnumerable<string> UnknownKeys(IConfigurationSection section)
    {
        var routes = section.GetSection("Routes").GetChildren().ToArray();
        var clusters = section.GetSection("Clusters").GetChildren().ToArray();
        return Unknown(section, ["Routes", "Clusters"])
            .Concat(routes.SelectMany(route => Unknown(route, Names(typeof(RouteConfig)))))
            .Concat(routes.SelectMany(route => Unknown(route.GetSection(nameof(RouteConfig.Match)), Names(typeof(RouteMatch)))))
            .Concat(clusters.SelectMany(cluster => Unknown(cluster, Names(typeof(ClusterConfig)))))
            .Concat(clusters.SelectMany(cluster => cluster.GetSection(nameof(ClusterConfig.Destinations)).GetChildren()).SelectMany(destination => Unknown(destination, Names(typeof(DestinationConfig)))));
    }

    private static IEnumerable<string> Unknown(IConfigurationSection section, IReadOnlyList<string> known) => section.GetChildren()
        .Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
        .Select(child => NearestKey.Find(child.Key, known) is { } nearest
            ? $"{child.Path} is no key of the proxy. Did you mean {section.Path}:{nearest}? Correct or remove it."
            : $"{child.Path} is no key of the proxy. Remove it; known are {string.Join(", ", known)}.");

    private static string[] Names(Type type) => [.. type.GetProperties().Select(property => property.Name)];
}
