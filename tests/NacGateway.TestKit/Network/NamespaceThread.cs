using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace NacGateway.TestKit.Network;

/// <summary>
/// Runs code on a thread of its own that has moved into another network namespace. A namespace belongs to a thread and not to a process, and a
/// socket belongs for good to the one it was made in: so what is made here may be used from anywhere.
/// </summary>
[SupportedOSPlatform("linux")]
internal static partial class NamespaceThread
{
    private const int CloneNewNet = 0x40000000;
    private const int ReadOnlyCloseOnExec = 0x80000;

    /// <summary>Runs <paramref name="work"/> in the namespace that <c>ip netns add</c> made under that path. The thread is not used again.</summary>
    public static Task<T> RunAsync<T>(string path, Func<T> work) => OnOwnThreadAsync(() =>
    {
        Enter(path);
        return work();
    });

    /// <summary>Null when this process may make network namespaces, else what the kernel says.</summary>
    public static string? WhyNot()
    {
        string? why = null;
        var thread = new Thread(() => why = Unshare(CloneNewNet) == 0 ? null : Marshal.GetLastPInvokeErrorMessage());
        thread.Start();
        thread.Join();
        return why;
    }

    private static Task<T> OnOwnThreadAsync<T>(Func<T> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                result.SetResult(work());
            }
            catch (Exception e)
            {
                result.SetException(e);
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
        return result.Task;
    }

    private static void Enter(string path)
    {
        var file = Open(path, ReadOnlyCloseOnExec);
        if (file < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{path} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        try
        {
            if (SetNamespace(file, CloneNewNet) != 0)
            {
                throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{path} cannot be entered: {Marshal.GetLastPInvokeErrorMessage()}");
            }
        }
        finally
        {
            _ = Close(file);
        }
    }

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static partial int Unshare(int flags);

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(int file, int type);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int file);
}
