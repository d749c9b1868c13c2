using System.Runtime.InteropServices;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>What is used of libnftables.</summary>
internal static partial class LibNftables
{
    public const string Name = "libnftables.so.1";

    [LibraryImport(Name, EntryPoint = "nft_ctx_new")]
    public static partial nint Open(uint flags);

    [LibraryImport(Name, EntryPoint = "nft_ctx_free")]
    public static partial void Close(nint context);

    [LibraryImport(Name, EntryPoint = "nft_ctx_buffer_output")]
    public static partial int BufferOutput(nint context);

    [LibraryImport(Name, EntryPoint = "nft_ctx_buffer_error")]
    public static partial int BufferError(nint context);

    /// <summary>Returns what was buffered and begins anew.</summary>
    [LibraryImport(Name, EntryPoint = "nft_ctx_get_output_buffer")]
    public static partial nint TakeOutput(nint context);

    /// <summary>Returns what was buffered and begins anew.</summary>
    [LibraryImport(Name, EntryPoint = "nft_ctx_get_error_buffer")]
    public static partial nint TakeError(nint context);

    [LibraryImport(Name, EntryPoint = "nft_ctx_output_set_flags")]
    public static partial void SetOutput(nint context, uint flags);

    [LibraryImport(Name, EntryPoint = "nft_run_cmd_from_buffer", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Run(nint context, string commands);
}
