using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Contracts;

/// <summary>A type of another assembly.</summary>
internal sealed record UsedType(string Assembly, string Id);

/// <summary>A member of another assembly, with what the caller takes for granted of it.</summary>
internal sealed record UsedMember(UsedType Type, string Name, int GenericParameters, IReadOnlyList<string> Parameters, string ReturnType, bool IsStatic, bool IsField);

/// <summary>What an assembly takes from others, read from its metadata: exactly what the runtime will look for.</summary>
internal sealed class AssemblyReferences : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _reader;
    private readonly DocumentationIds _ids;

    public AssemblyReferences(Stream assembly)
    {
        _file = new PEReader(assembly);
        _reader = _file.GetMetadataReader();
        _ids = new DocumentationIds(_reader);
    }

    /// <summary>The assemblies, with the version that each is wanted in.</summary>
    public IEnumerable<(string Name, Version Version)> Assemblies()
        => _reader.AssemblyReferences.Select(_reader.GetAssemblyReference).Select(reference => (_reader.GetString(reference.Name), reference.Version));

    public IEnumerable<UsedType> Types() => _reader.TypeReferences.Select(TypeOf);

    public IEnumerable<UsedMember> Members()
        => from handle in _reader.MemberReferences
           let member = _reader.GetMemberReference(handle)
           let type = OpenTypeOf(member.Parent)
           where type != null
           select MemberOf(member, type);

    /// <summary>The types that those of the assembly derive from or implement.</summary>
    public IEnumerable<UsedType> Bases()
        => from handle in _reader.TypeDefinitions
           let type = _reader.GetTypeDefinition(handle)
           from parent in type.GetInterfaceImplementations().Select(face => _reader.GetInterfaceImplementation(face).Interface).Append(type.BaseType)
           let found = OpenTypeOf(parent)
           where found != null
           select found;

    public void Dispose() => _file.Dispose();

    private UsedMember MemberOf(MemberReference member, UsedType type)
    {
        var name = _reader.GetString(member.Name);

        if (member.GetKind() == MemberReferenceKind.Field)
            return new UsedMember(type, name, 0, [], member.DecodeFieldSignature(_ids, null), IsStatic: false, IsField: true);

        var signature = member.DecodeMethodSignature(_ids, null);

        return new UsedMember(
            type, name, signature.GenericParameterCount, signature.ParameterTypes, signature.ReturnType, !signature.Header.IsInstance, IsField: false);
    }

    /// <summary>The type without its arguments; null for a type of this assembly, an array or a type parameter.</summary>
    private UsedType? OpenTypeOf(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeReference when !handle.IsNil:
                return TypeOf((TypeReferenceHandle)handle);
            case HandleKind.TypeSpecification:
                var blob = _reader.GetBlobReader(_reader.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
                if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
                    return null;
                blob.ReadCompressedInteger(); // Class or struct: the type itself says.
                return OpenTypeOf(blob.ReadTypeHandle());
            default:
                return null;
        }
    }

    private UsedType TypeOf(TypeReferenceHandle handle)
    {
        var outermost = _reader.GetTypeReference(handle);
        while (outermost.ResolutionScope.Kind == HandleKind.TypeReference)
            outermost = _reader.GetTypeReference((TypeReferenceHandle)outermost.ResolutionScope);

        var assembly = _reader.GetAssemblyReference((AssemblyReferenceHandle)outermost.ResolutionScope);

        return new UsedType(_reader.GetString(assembly.Name), _ids.GetTypeFromReference(_reader, handle, 0));
    }
}
