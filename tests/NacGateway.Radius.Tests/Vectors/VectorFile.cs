using System.Globalization;
using System.Text;

namespace NacGateway.Radius.Tests.Vectors;

/// <summary>One file of published vectors: sections in brackets, and in them lines of <c>name = value</c>.</summary>
internal sealed class VectorFile
{
    private readonly Dictionary<string, Dictionary<string, string>> _sections = new(StringComparer.Ordinal);

    private VectorFile(IEnumerable<string> lines)
    {
        Dictionary<string, string> current = [];
        foreach (string line in lines.Where(line => line.Length != 0 && line[0] != '#'))
        {
            if (line[0] == '[')
            {
                current = new Dictionary<string, string>(StringComparer.Ordinal);
                _sections.Add(line.Trim('[', ']'), current);
                continue;
            }

            int equals = line.IndexOf(" = ", StringComparison.Ordinal);
            current.Add(line[..equals], line[(equals + 3)..]);
        }
    }

    public IEnumerable<string> Sections => _sections.Keys;

    public static VectorFile Load(string name)
    {
        using Stream stream = typeof(VectorFile).Assembly.GetManifestResourceStream(name + ".txt") ?? throw new InvalidOperationException($"There is no vector file {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new VectorFile(reader.ReadToEnd().Split('\n'));
    }

    public static IEnumerable<string> Names() =>
        typeof(VectorFile).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("rfc", StringComparison.Ordinal)).Select(name => name[..^4]);

    public bool Has(string section, string name) => _sections[section].ContainsKey(name);

    /// <summary>Octets: the hexadecimal digits, or the UTF-8 of a text in quotes.</summary>
    public byte[] Octets(string section, string name)
    {
        string value = _sections[section][name];
        return value.StartsWith('"') ? Encoding.UTF8.GetBytes(value[1..^1]) : Convert.FromHexString(value);
    }

    public string Text(string section, string name) => _sections[section][name].Trim('"');

    public int Number(string section, string name) => int.Parse(_sections[section][name], CultureInfo.InvariantCulture);
}
