using System.Globalization;
using System.Reflection.Metadata;
using NacGateway.Architecture.Tests.Reading;
using Xunit;

namespace NacGateway.Architecture.Tests;

/// <summary>The ids of log lines are promises to whoever watches logs: one id is one line, and its thousand says where in the program it is.</summary>
public sealed class EventIdTests
{
    /// <summary>The areas by the beginning of the namespace, the longer ones first. The numbers are those that README names.</summary>
    private static readonly (string Area, int First, int Last)[] s_areas =
    [
        ("NacGateway.Aaa", 1150, 1199),
        ("NacGateway.Radius", 1000, 1999),
        ("NacGateway.Core.Accounting", 3000, 3999),
        ("NacGateway.Core.Authentication.AccountingServers", 3000, 3999),
        ("NacGateway.Core.Authentication", 2500, 2599),
        ("NacGateway.Core.Sessions", 2000, 2299),
        ("NacGateway.Core.Policy", 2300, 2499),
        ("NacGateway.Core.Storage", 2900, 2999),
        ("NacGateway.Core.Enforcement", 4000, 4999),
        ("NacGateway.Core.Coa", 5000, 5999),
        ("NacGateway.Core.Audit", 8100, 8199),
        ("NacGateway.Core.Administration", 8000, 8199),
        ("NacGateway.Core.Administration.Runtime", 8500, 8599),
        ("NacGateway.Core.Insight", 8400, 8499),
        ("NacGateway.Web.Gate", 6000, 6999),
        ("NacGateway.Web.Portal", 7000, 7999),
        ("NacGateway.Web.Observability", 8600, 8699),
        ("NacGateway.Web.Desk", 8000, 8999),
        ("NacGateway.Web.Api", 8000, 8999),
        ("NacGateway.Web.Admin", 8000, 8999),
        ("NacGateway.Web.Hosting", 9000, 9999),
    ];

    /// <summary>What stands for the words of a line that there is no more.</summary>
    private const string Retired = "(retired)";

    private const string Head = "# The lines of the log: id, name (EventName), words. An id never changes its meaning; that of a line which has gone stays here as (retired). A test keeps this table.";

    [Fact]
    public void No_id_is_used_twice()
    {
        var twice = All().GroupBy(line => line.Id).Where(group => group.Count() > 1).Select(group => $"{group.Key}: {string.Join(", ", group.Select(line => line.Method))}");

        Assert.Empty(twice);
    }

    [Fact]
    public void Each_id_is_within_the_range_of_its_area()
    {
        var outside = All()
            .Where(line => !Array.Exists([.. s_areas.Where(area => line.Method.StartsWith(area.Area + ".", StringComparison.Ordinal)).OrderByDescending(area => area.Area.Length).Take(1)], area => line.Id >= area.First && line.Id <= area.Last))
            .Select(line => $"{line.Method}: {line.Id}");

        Assert.Empty(outside);
    }

    [Fact]
    public void The_reader_finds_ids_in_both_spellings()
    {
        var all = All();

        Assert.Contains(all, line => line is { Id: 2000, Method: "NacGateway.Core.Sessions.SessionJournal.Log.Opened" });
        Assert.Contains(all, line => line.Id == 1003);
        Assert.True(all.Count > 80);
    }

    [Fact]
    public void README_says_where_the_ids_are()
    {
        var readme = Repository.Read("README.md");

        Assert.All(["1000", "2000", "2300", "2500", "2900", "3000", "5000", "6000", "7000", "8000", "9000"], first => Assert.Matches($@"\| {first} to ", readme));
    }

    [Fact]
    public void The_table_says_what_each_id_means_and_no_id_that_was_ever_there_means_something_else()
    {
        var table = Repository.Read("tests/event-ids.tsv").Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t')).ToDictionary(cells => int.Parse(cells[0], CultureInfo.InvariantCulture));
        var lines = All().DistinctBy(line => line.Id).ToDictionary(line => line.Id);
        var reused = lines.Values.Where(line => table.TryGetValue(line.Id, out var cells) && cells[1] != line.Name).Select(line => $"{line.Id} was {table[line.Id][1]} and is {line.Name}: take a new id");
        var gone = table.Values.Where(cells => cells[2] != Retired && !lines.ContainsKey(int.Parse(cells[0], CultureInfo.InvariantCulture))).Select(cells => $"{cells[0]} {cells[1]} is gone: write {Retired} for its words, so that nobody takes the id again");
        Assert.Empty(reused.Concat(gone));

        var wanted = lines.Values.Select(line => (line.Id, Line: $"{line.Id}\t{line.Name}\t{line.Words}"))
            .Concat(table.Values.Where(cells => cells[2] == Retired).Select(cells => (Id: int.Parse(cells[0], CultureInfo.InvariantCulture), Line: string.Join('\t', cells))))
            .OrderBy(line => line.Id).Select(line => line.Line).ToArray();
        var proposal = Path.Combine(Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts")).FullName, "event-ids.tsv");
        File.WriteAllText(proposal, $"{Head}\n{string.Join('\n', wanted)}\n");
        Assert.True(
            wanted.SequenceEqual(table.Values.Select(cells => string.Join('\t', cells)), StringComparer.Ordinal),
            "New lines of the log, or new words: read artifacts/event-ids.tsv, and copy it to tests/event-ids.tsv if it says what was meant.");
    }

    private static List<LogLine> All()
    {
        List<LogLine> found = [];
        foreach (var assembly in BuiltAssembly.Product)
        {
            using var file = new BuiltAssembly(assembly);
            var reader = file.Metadata;
            foreach (var type in reader.TypeDefinitions)
            {
                foreach (var method in reader.GetTypeDefinition(type).GetMethods().Select(reader.GetMethodDefinition))
                {
                    found.AddRange(method.GetCustomAttributes().Select(reader.GetCustomAttribute).Where(attribute => IsLine(reader, attribute))
                        .Select(attribute => Read(reader.GetBlobReader(attribute.Value), IsNamed(reader, attribute), $"{Name(reader, type)}.{reader.GetString(method.Name)}")));
                }
            }
        }

        return found;
    }

    private static bool IsLine(MetadataReader reader, CustomAttribute attribute) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
        && reader.GetString(reader.GetTypeReference((TypeReferenceHandle)parent).Name) == "LoggerMessageAttribute";

    /// <summary>Whether its constructor takes nothing, so that the id is a property (ECMA-335 section II.23.2.1: the number of parameters is the second octet).</summary>
    private static bool IsNamed(MetadataReader reader, CustomAttribute attribute)
    {
        var signature = reader.GetBlobReader(reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Signature);
        signature.ReadByte();
        return signature.ReadByte() == 0;
    }

    /// <summary>Reads an attribute (ECMA-335 section II.23.3): id, level and words in this order, or properties by their names.</summary>
    private static LogLine Read(BlobReader value, bool isNamed, string method)
    {
        const byte Int32 = 0x08;
        const byte Text = 0x0e;
        const byte Enumeration = 0x55;
        value.ReadUInt16();
        if (!isNamed)
        {
            var id = value.ReadInt32();
            value.ReadInt32();
            return new LogLine(id, method, value.ReadSerializedString() ?? "");
        }

        var line = new LogLine(0, method, "");
        for (var left = value.ReadUInt16(); left > 0; left--)
        {
            value.ReadByte();
            var type = value.ReadByte();
            if (type == Enumeration)
            {
                value.ReadSerializedString();
            }

            var name = value.ReadSerializedString();
            if (type == Text)
            {
                var text = value.ReadSerializedString() ?? "";
                line = name == "Message" ? line with { Words = text } : line;
            }
            else if (type is Int32 or Enumeration)
            {
                var number = value.ReadInt32();
                line = name == "EventId" ? line with { Id = number } : line;
            }
            else
            {
                value.ReadByte();
            }
        }

        return line;
    }

    private static string Name(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer ? $"{Name(reader, outer)}.{reader.GetString(type.Name)}" : $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
    }
}
