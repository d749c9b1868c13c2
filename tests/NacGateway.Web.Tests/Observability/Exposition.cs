using System.Globalization;
using System.Text;

namespace NacGateway.Web.Tests.Observability;

/// <summary>
/// Reads the Prometheus text exposition format 0.0.4 and forgives nothing: HELP and TYPE once and before the samples, samples of a metric together,
/// names, labels, escapes, values, and whole histograms.
/// </summary>
internal sealed class Exposition
{
    private readonly Dictionary<string, string> _kinds = new(StringComparer.Ordinal);
    private readonly HashSet<string> _helped = new(StringComparer.Ordinal);
    private readonly List<MetricSample> _samples = [];

    private Exposition(string page)
    {
        Demand(page.EndsWith('\n'), "The last line must end with a line feed.");
        Demand(!page.Contains('\r', StringComparison.Ordinal), "Lines end with a line feed alone.");
        string? current = null;
        var closed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in page[..^1].Split('\n'))
        {
            Demand(line.Length > 0, "An empty line.");
            var family = line[0] == '#' ? Comment(line) : Sample(line);
            if (family != current)
            {
                Demand(current is null || closed.Add(current), $"{current} is in two parts.");
                Demand(!closed.Contains(family), $"{family} is in two parts.");
                current = family;
            }
        }

        Demand(_samples.Select(sample => sample.Series).Distinct(StringComparer.Ordinal).Count() == _samples.Count, "A series is there twice.");
        foreach (var (name, kind) in _kinds)
        {
            Demand(_helped.Contains(name), $"{name} has no HELP.");
            Demand(kind != "counter" || name.EndsWith("_total", StringComparison.Ordinal), $"The counter {name} does not end with _total.");
            Demand(kind == "counter" || !name.EndsWith("_total", StringComparison.Ordinal), $"{name} is no counter.");
            if (kind == "histogram")
            {
                Histogram(name);
            }
        }
    }

    public IReadOnlyList<MetricSample> Samples => _samples;

    /// <summary>The kinds by the names of TYPE lines.</summary>
    public IReadOnlyDictionary<string, string> Kinds => _kinds;

    public static Exposition Parse(string page) => new(page);

    private string Comment(string line)
    {
        var parts = line.Split(' ', 4);
        Demand(parts.Length == 4 && parts[0] == "#" && IsName(parts[2]), $"Neither HELP nor TYPE: {line}");
        Demand(!_samples.Exists(sample => FamilyOf(sample.Name) == parts[2]), $"{parts[1]} of {parts[2]} comes after its samples.");
        if (parts[1] == "HELP")
        {
            Demand(_helped.Add(parts[2]), $"HELP of {parts[2]} is there twice.");
            Demand(parts[3].Length > 0 && !parts[3].Replace("\\\\", "", StringComparison.Ordinal).Replace("\\n", "", StringComparison.Ordinal).Contains('\\', StringComparison.Ordinal), $"HELP of {parts[2]} is empty or badly escaped.");
        }
        else
        {
            Demand(parts[1] == "TYPE" && parts[3] is "counter" or "gauge" or "histogram" or "summary" or "untyped", $"An unknown TYPE: {line}");
            Demand(_kinds.TryAdd(parts[2], parts[3]), $"TYPE of {parts[2]} is there twice.");
        }

        return parts[2];
    }

    private string Sample(string line)
    {
        var end = line.IndexOfAny(['{', ' ']);
        Demand(end > 0 && IsName(line[..end]), $"No name: {line}");
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var at = end;
        if (line[at] == '{')
        {
            at = Labels(line, at + 1, labels);
        }

        Demand(line[at] == ' ' && !line[(at + 1)..].Contains(' ', StringComparison.Ordinal), $"No single value behind one space: {line}");
        var sample = new MetricSample(line[..end], labels, Value(line[(at + 1)..]));
        _samples.Add(sample);
        Demand(_kinds.ContainsKey(FamilyOf(sample.Name)), $"{sample.Name} has no TYPE before it.");
        return FamilyOf(sample.Name);
    }

    /// <summary>Reads labels from behind the brace; returns the place behind the closing one.</summary>
    private static int Labels(string line, int at, Dictionary<string, string> labels)
    {
        while (true)
        {
            var equals = line.IndexOf('=', at);
            Demand(equals > at && IsName(line[at..equals]) && !line[at..equals].Contains(':', StringComparison.Ordinal) && line[equals + 1] == '"', $"No label: {line}");
            var name = line[at..equals];
            var value = new StringBuilder();
            for (at = equals + 2; line[at] != '"'; at++)
            {
                if (line[at] == '\\')
                {
                    at++;
                    Demand(line[at] is '\\' or '"' or 'n', $"A wrong escape: {line}");
                    value.Append(line[at] == 'n' ? '\n' : line[at]);
                }
                else
                {
                    value.Append(line[at]);
                }
            }

            Demand(labels.TryAdd(name, value.ToString()), $"A label twice: {line}");
            at++;
            if (line[at] == '}')
            {
                return at + 1;
            }

            Demand(line[at] == ',', $"No comma between labels: {line}");
            at++;
        }
    }

    private void Histogram(string name)
    {
        var buckets = _samples.Where(sample => sample.Name == name + "_bucket").GroupBy(sample => (sample with { Labels = Without(sample.Labels), Name = name }).Series, StringComparer.Ordinal).ToArray();
        Demand(buckets.Length > 0 || !_samples.Exists(sample => FamilyOf(sample.Name) == name), $"{name} has no buckets.");
        foreach (var series in buckets)
        {
            var bounds = series.Select(sample => Value(sample.Labels["le"])).ToArray();
            var counts = series.Select(sample => sample.Value).ToArray();
            Demand(bounds.SequenceEqual(bounds.Order()) && bounds.Distinct().Count() == bounds.Length && double.IsPositiveInfinity(bounds[^1]), $"Buckets of {series.Key} do not go up to +Inf.");
            Demand(counts.SequenceEqual(counts.Order()), $"Buckets of {series.Key} are not cumulative.");
            var count = _samples.Single(sample => sample.Name == name + "_count" && (sample with { Name = name }).Series == series.Key);
            Demand(count.Value == counts[^1], $"The count of {series.Key} is not that of its last bucket.");
            Demand(_samples.Exists(sample => sample.Name == name + "_sum" && (sample with { Name = name }).Series == series.Key), $"{series.Key} has no sum.");
        }
    }

    private static Dictionary<string, string> Without(IReadOnlyDictionary<string, string> labels) =>
        labels.Where(label => label.Key != "le").ToDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal);

    private string FamilyOf(string sample)
    {
        foreach (var suffix in new[] { "_bucket", "_sum", "_count" })
        {
            if (sample.EndsWith(suffix, StringComparison.Ordinal) && _kinds.TryGetValue(sample[..^suffix.Length], out var kind) && kind is "histogram" or "summary")
            {
                return sample[..^suffix.Length];
            }
        }

        return sample;
    }

    private static double Value(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture),
    };

    private static bool IsName(string text) =>
        text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or ':');

    private static void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FormatException(otherwise);
        }
    }
}
