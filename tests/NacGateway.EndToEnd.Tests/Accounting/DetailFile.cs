namespace NacGateway.EndToEnd.Tests.Accounting;

/// <summary>Reads FreeRADIUS's detail file: paragraphs of attributes, one for each record that it took.</summary>
internal static class DetailFile
{
    /// <summary>The records in the order of their arrival; one that was repeated (same session, status and Event-Timestamp) is there once. Several values of one attribute are joined by blanks.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string text)
    {
        List<IReadOnlyDictionary<string, string>> records = [];
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (var paragraph in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var record = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var line in paragraph.Split('\n').Where(line => line.StartsWith('\t')))
            {
                var (name, value) = line.Trim().Split(" = ", 2) switch { [var key, var rest] => (key, rest), var other => (other[0], "") };
                record[name] = record.TryGetValue(name, out var earlier) ? $"{earlier} {value}" : value;
            }

            if (record.Count > 0 && known.Add($"{record["Acct-Session-Id"]} {record["Acct-Status-Type"]} {record["Event-Timestamp"]}"))
            {
                records.Add(record);
            }
        }

        return records;
    }
}
