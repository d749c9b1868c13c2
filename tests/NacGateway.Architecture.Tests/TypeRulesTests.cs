using System.Reflection;
using System.Reflection.Metadata;
using NacGateway.Architecture.Tests.Reading;
using Xunit;

namespace NacGateway.Architecture.Tests;

/// <summary>Rules on types that the compiler lets pass: state, names, calls that are banned.</summary>
public sealed class TypeRulesTests
{
    public static TheoryData<string> Assemblies => [.. BuiltAssembly.Product];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void There_is_no_mutable_static(string assembly)
    {
        using var file = new BuiltAssembly(assembly);
        var reader = file.Metadata;

        var mutable = reader.TypeDefinitions.Select(reader.GetTypeDefinition)
            .Where(type => !IsCompilerMade(reader, type))
            .SelectMany(type => type.GetFields().Select(reader.GetFieldDefinition).Select(field => (type, field)))
            .Where(pair => pair.field.Attributes.HasFlag(FieldAttributes.Static) && !pair.field.Attributes.HasFlag(FieldAttributes.InitOnly) && !pair.field.Attributes.HasFlag(FieldAttributes.Literal))
            .Where(pair => reader.GetString(pair.field.Name)[0] != '<')
            .Select(pair => $"{reader.GetString(pair.type.Namespace)}.{reader.GetString(pair.type.Name)}.{reader.GetString(pair.field.Name)}");

        Assert.Empty(mutable);
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_name_hides_what_a_type_does(string assembly)
    {
        // A Manager owns a lifecycle; this one owns that of a session.
        string[] lifecycles = ["SessionManager"];
        string[] vague = ["Helper", "Helpers", "Utils", "Utility", "Utilities", "Common", "Base", "Data", "Info", "Manager"];
        using var file = new BuiltAssembly(assembly);

        var hiding = file.Metadata.TypeDefinitions.Select(file.Metadata.GetTypeDefinition)
            .Where(type => !IsCompilerMade(file.Metadata, type))
            .Select(type => file.Metadata.GetString(type.Name))
            .Where(name => vague.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal)) && !lifecycles.Contains(name, StringComparer.Ordinal));

        Assert.Empty(hiding);
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_banned_call_is_in_the_il(string assembly)
    {
        var banned = Repository.Lines("BannedSymbols.txt")
            .Select(line => line.Split(';')[0].Trim())
            .Where(symbol => symbol.StartsWith("P:", StringComparison.Ordinal))
            .Select(symbol => symbol[2..])
            .Select(symbol => $"{symbol[..symbol.LastIndexOf('.')]}.get_{symbol[(symbol.LastIndexOf('.') + 1)..]}")
            .Concat(["System.Threading.Thread.Sleep", "System.Threading.Tasks.Task.Wait", "System.Console.ReadKey"])
            .ToHashSet(StringComparer.Ordinal);
        using var file = new BuiltAssembly(assembly);

        // A password that must not show is read key by key; nothing else waits for one.
        var calls = file.Uses().Where(use => banned.Contains($"{use.To}.{use.Member}") && !IsAwaiter(use) && !(use.Member == "ReadKey" && use.From.EndsWith("Commands.PasswordPrompt", StringComparison.Ordinal))).Select(use => $"{use.From} calls {use.To}.{use.Member}");

        Assert.Contains("System.DateTime.get_UtcNow", banned);
        Assert.Empty(calls);
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_method_is_async_void(string assembly)
    {
        using var file = new BuiltAssembly(assembly);
        var reader = file.Metadata;

        var voids = reader.MethodDefinitions.Select(reader.GetMethodDefinition)
            .Where(method => method.GetCustomAttributes().Any(handle => AttributeName(reader, handle) == "AsyncStateMachineAttribute"))
            .Where(method => reader.GetBlobReader(method.Signature) is var signature && ReturnsVoid(signature))
            .Select(method => reader.GetString(method.Name));

        Assert.Empty(voids);
    }

    [Fact]
    public void The_context_has_no_set_so_that_features_map_their_own_entities()
    {
        using var core = new BuiltAssembly("NacGateway.Core");
        var reader = core.Metadata;

        var context = reader.TypeDefinitions.Select(reader.GetTypeDefinition).Where(type => reader.GetString(type.Name).EndsWith("DbContext", StringComparison.Ordinal));
        var sets = context.SelectMany(type => type.GetProperties()).Select(reader.GetPropertyDefinition)
            .Select(property => (reader.GetString(property.Name), Signature: property.DecodeSignature(new Names(), null).ReturnType))
            .Where(property => property.Signature.StartsWith("DbSet", StringComparison.Ordinal));

        Assert.Empty(sets);
    }

    private static bool ReturnsVoid(BlobReader signature)
    {
        var header = signature.ReadSignatureHeader();
        if (header.IsGeneric)
        {
            signature.ReadCompressedInteger();
        }

        signature.ReadCompressedInteger();
        return signature.ReadSignatureTypeCode() == SignatureTypeCode.Void;
    }

    private static string AttributeName(MetadataReader reader, CustomAttributeHandle handle) =>
        reader.GetCustomAttribute(handle).Constructor is { Kind: HandleKind.MemberReference } constructor
        && reader.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } parent
            ? reader.GetString(reader.GetTypeReference((TypeReferenceHandle)parent).Name)
            : "";

    /// <summary>The state machines of async methods are compiled to calls that the sources do not contain.</summary>
    private static bool IsAwaiter(TypeUse use) => use.Member == "get_Result" && use.From.Contains('<', StringComparison.Ordinal);

    private static bool IsCompilerMade(MetadataReader reader, TypeDefinition type) =>
        reader.GetString(type.Name).Contains('<', StringComparison.Ordinal)
        || (type.IsNested && IsCompilerMade(reader, reader.GetTypeDefinition(type.GetDeclaringType())))
        || type.GetCustomAttributes().Any(handle => AttributeName(reader, handle) is "CompilerGeneratedAttribute" or "GeneratedCodeAttribute");
}
