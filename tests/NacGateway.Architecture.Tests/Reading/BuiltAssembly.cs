using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NacGateway.Architecture.Tests.Reading;

/// <summary>An assembly read from its file, without loading it: which type uses which.</summary>
internal sealed class BuiltAssembly : IDisposable
{
    private readonly PEReader _image;
    private readonly MetadataReader _metadata;
    private readonly NamedTypes _signatures = new();

    public BuiltAssembly(string assemblyName)
    {
        Name = assemblyName;
        _image = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assemblyName + ".dll")));
        _metadata = _image.GetMetadataReader();
    }

    /// <summary>The projects of the product, by the names of their assemblies.</summary>
    public static IReadOnlyList<string> Product { get; } =
        ["NacGateway.Radius", "NacGateway.Aaa", "NacGateway.Core", "NacGateway.Migrations.Sqlite", "NacGateway.Migrations.PostgreSql", "nacgateway", "nac-harness"];

    public string Name { get; }

    public MetadataReader Metadata => _metadata;

    public void Dispose() => _image.Dispose();

    /// <summary>Every use, in no particular order; a use within one outermost type is left out.</summary>
    public IReadOnlySet<TypeUse> Uses()
    {
        var uses = new HashSet<TypeUse>();
        foreach (var handle in _metadata.TypeDefinitions)
        {
            var type = _metadata.GetTypeDefinition(handle);
            var from = Describe(handle);
            foreach (var used in UsedBy(type))
            {
                var (owner, member) = Resolve(used);
                if (owner.IsNil)
                {
                    continue;
                }

                var to = Describe(owner);
                if (to != from)
                {
                    uses.Add(new TypeUse(from.FullName, from.Namespace, to.FullName, to.Namespace, to.Assembly, member));
                }
            }
        }

        return uses;
    }

    private IEnumerable<EntityHandle> UsedBy(TypeDefinition type)
    {
        var found = new List<EntityHandle> { type.BaseType };
        found.AddRange(type.GetInterfaceImplementations().Select(handle => _metadata.GetInterfaceImplementation(handle).Interface));
        found.AddRange(type.GetCustomAttributes().Select(handle => _metadata.GetCustomAttribute(handle).Constructor));
        foreach (var field in type.GetFields().Select(_metadata.GetFieldDefinition))
        {
            field.DecodeSignature(_signatures, null);
        }

        foreach (var method in type.GetMethods().Select(_metadata.GetMethodDefinition))
        {
            method.DecodeSignature(_signatures, null);
            found.AddRange(method.GetCustomAttributes().Select(handle => _metadata.GetCustomAttribute(handle).Constructor));
            if (method.RelativeVirtualAddress == 0)
            {
                continue;
            }

            var body = _image.GetMethodBody(method.RelativeVirtualAddress);
            found.AddRange(IlTokens.Read(body));
            if (!body.LocalSignature.IsNil)
            {
                _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_signatures, null);
            }
        }

        // Members of generic types and generic methods name further types inside their signatures.
        foreach (var handle in found)
        {
            Expand(handle);
        }

        return found.Where(handle => !handle.IsNil).Concat(_signatures.Take());
    }

    private void Expand(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeSpecification:
                _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(_signatures, null);
                break;
            case HandleKind.MethodSpecification:
                var specification = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                specification.DecodeSignature(_signatures, null);
                Expand(specification.Method);
                break;
            case HandleKind.MemberReference:
                Expand(_metadata.GetMemberReference((MemberReferenceHandle)handle).Parent);
                break;
            default:
                break;
        }
    }

    /// <summary>The type that a token belongs to (a definition or a reference) and the member it names.</summary>
    private (EntityHandle Owner, string Member) Resolve(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition or HandleKind.TypeReference:
                return (handle, "");
            case HandleKind.MethodDefinition:
                var method = _metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                return (method.GetDeclaringType(), _metadata.GetString(method.Name));
            case HandleKind.FieldDefinition:
                var field = _metadata.GetFieldDefinition((FieldDefinitionHandle)handle);
                return (field.GetDeclaringType(), _metadata.GetString(field.Name));
            case HandleKind.MethodSpecification:
                return Resolve(_metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method);
            case HandleKind.MemberReference:
                var member = _metadata.GetMemberReference((MemberReferenceHandle)handle);
                return (Outer(member.Parent), _metadata.GetString(member.Name));
            default:
                return (default, "");
        }
    }

    private EntityHandle Outer(EntityHandle parent)
    {
        if (parent.Kind is HandleKind.TypeDefinition or HandleKind.TypeReference)
        {
            return parent;
        }

        if (parent.Kind != HandleKind.TypeSpecification)
        {
            return default;
        }

        // The first type that a generic instance names is the generic type itself.
        var own = new NamedTypes();
        _metadata.GetTypeSpecification((TypeSpecificationHandle)parent).DecodeSignature(own, null);
        return own.Take() is [var first, ..] ? first : default;
    }

    private (string FullName, string Namespace, string Assembly) Describe(EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeDefinition)
        {
            var definition = _metadata.GetTypeDefinition((TypeDefinitionHandle)handle);
            while (definition.IsNested)
            {
                definition = _metadata.GetTypeDefinition(definition.GetDeclaringType());
            }

            return Named(definition.Namespace, definition.Name, Name);
        }

        var reference = _metadata.GetTypeReference((TypeReferenceHandle)handle);
        while (reference.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            reference = _metadata.GetTypeReference((TypeReferenceHandle)reference.ResolutionScope);
        }

        var assembly = reference.ResolutionScope.Kind == HandleKind.AssemblyReference
            ? _metadata.GetString(_metadata.GetAssemblyReference((AssemblyReferenceHandle)reference.ResolutionScope).Name)
            : Name;
        return Named(reference.Namespace, reference.Name, assembly);
    }

    private (string FullName, string Namespace, string Assembly) Named(StringHandle space, StringHandle name, string assembly)
    {
        var @namespace = _metadata.GetString(space);
        var simple = _metadata.GetString(name);
        return (@namespace.Length == 0 ? simple : $"{@namespace}.{simple}", @namespace, assembly);
    }
}
