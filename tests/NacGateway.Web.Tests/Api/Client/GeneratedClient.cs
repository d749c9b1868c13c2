using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;

namespace NacGateway.Web.Tests.Api.Client;

/// <summary>
/// A client of the API that is generated from the gateway's own document and compiled in memory, together with programs that use it: what
/// the document says and the gateway does not do, or the other way round, does not compile or does not run.
/// </summary>
internal sealed class GeneratedClient
{
    private readonly Assembly _assembly;

    private GeneratedClient(Assembly assembly) => _assembly = assembly;

    /// <summary>Generates and compiles it.</summary>
    /// <param name="document">The OpenAPI document.</param>
    /// <param name="programs">C# that uses the class <c>Generated.NacClient</c>: static classes with methods <c>Task RunAsync(HttpClient)</c>.</param>
    public static async Task<GeneratedClient> MakeAsync(string document, IEnumerable<string> programs)
    {
        var read = await OpenApiDocument.FromJsonAsync(document, TestContextToken);
        var code = new CSharpClientGenerator(read, new CSharpClientGeneratorSettings
        {
            ClassName = "NacClient",
            InjectHttpClient = true,
            UseBaseUrl = false,
            GenerateOptionalParameters = true,
            OperationNameGenerator = new SingleClientFromOperationIdOperationNameGenerator(),
            CSharpGeneratorSettings = { Namespace = "Generated", JsonLibrary = CSharpJsonLibrary.SystemTextJson, GenerateNullableReferenceTypes = true, DateTimeType = "System.DateTimeOffset" },
        }).GenerateFile();
        var compilation = CSharpCompilation.Create(
            "GeneratedClient",
            [.. programs.Prepend(code).Select(text => CSharpSyntaxTree.ParseText(text, cancellationToken: TestContextToken))],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var made = compilation.Emit(image, cancellationToken: TestContextToken);
        var errors = made.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString());
        if (!made.Success)
        {
            throw new InvalidOperationException(string.Join('\n', errors.Take(20)));
        }

        image.Position = 0;
        return new GeneratedClient(new AssemblyLoadContext("generated", isCollectible: true).LoadFromStream(image));
    }

    /// <summary>Runs one of the programs.</summary>
    public Task RunAsync(string program, HttpClient http) =>
        (Task)(_assembly.GetType(program) ?? throw new ArgumentException($"There is no program {program}.", nameof(program))).GetMethod("RunAsync")!.Invoke(null, [http])!;

    private static CancellationToken TestContextToken => Xunit.TestContext.Current.CancellationToken;
}
