using System.Reflection;

namespace NacGateway.Web.Admin.Assets;

/// <summary>The desk's assets as the build put them into the assembly.</summary>
internal static class DeskResources
{
    /// <summary>A resource that is part of every build.</summary>
    public static string Text(string name) => Encoding(Read(name) ?? throw new InvalidOperationException($"The assembly does not hold {name}."));

    /// <summary>A resource that is missing where the build had no Node; empty then.</summary>
    public static string TextOrNone(string name) => Read(name) is { } content ? Encoding(content) : "";

    /// <summary>The octets of a resource; null where the build left it out.</summary>
    public static byte[]? Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }

        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static string Encoding(byte[] content) => System.Text.Encoding.UTF8.GetString(content);
}
