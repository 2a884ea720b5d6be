using Microsoft.CodeAnalysis;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Contracts;

/// <summary>Compiles in memory.</summary>
internal static class CompilationExtensions
{
    public static MemoryStream EmitToStream(this Compilation compilation)
    {
        var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        Assert.That(result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error), Is.Empty);
        stream.Position = 0;

        return stream;
    }

    public static MetadataReference EmitToImageReference(this Compilation compilation) => MetadataReference.CreateFromStream(compilation.EmitToStream());
}
