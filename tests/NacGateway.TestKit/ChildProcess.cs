using System.Diagnostics;
using System.Globalization;
using System.Text;
using NacGateway.TestKit.Network;

namespace NacGateway.TestKit;

/// <summary>
/// A program that the tests started: its output line by line, waits for a line instead of sleeping, and it never outlives the tests.
/// Safe for concurrent use.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>
    /// The guard holds the other end of a pipe of ours: when the tests end without a word (crash, kill -9), the pipe closes and the guard
    /// kills the program. It is detached twice, because some programs (PostgreSQL) take interest in children they did not start. The program
    /// replaces the shell, so that its process id is the one we know. XFSZ is ignored, so that a limit of file size is an error of the
    /// write, as a full disk is, and not the end of the program.
    /// </summary>
    private const string Guard = """
        trap '' XFSZ
        pid=$$
        exec 3<&0 </dev/null
        ( ( read -r _ <&3 || kill -KILL "$pid" ) >/dev/null 2>&1 & )
        exec 3<&-
        exec "$@"
        """;

    private int _disposed;
    private readonly Lock _lock = new();
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly string _name;
    private readonly Task _ended;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _streams = 2;

    private ChildProcess(Process process, string name)
    {
        (_process, _name) = (process, name);
        process.OutputDataReceived += (_, e) => Add(e.Data);
        process.ErrorDataReceived += (_, e) => Add(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        // Only now: of a program that has ended before its output is read, the wait for the end would not wait for the output.
        _ended = process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether the program has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Everything it has written so far, both streams in order of arrival.</summary>
    public string Output
    {
        get
        {
            lock (_lock)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <summary>Starts a program with a list of arguments; no shell reads them.</summary>
    /// <param name="program">Path of the program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables added to ours; a null value removes one.</param>
    /// <param name="workingDirectory">Folder it starts in; null for ours.</param>
    /// <param name="inside">Network namespace it runs in; null for ours.</param>
    public static ChildProcess Start(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null,
        NetNamespace? inside = null)
    {
        // `ip netns exec` becomes the program, so that its process id stays the one we know.
        string[] command = inside is null ? [program] : [NetLab.Ip, .. inside.Enter(program)];
        var start = new ProcessStartInfo("/bin/sh")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (var argument in (string[])["-c", Guard, "guard", .. command, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            start.Environment[key] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        return new ChildProcess(process, Path.GetFileName(program));
    }

    /// <summary>Runs a program to its end; throws with its output unless it ends with 0.</summary>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        await using var child = Start(program, arguments);
        var exit = await child.WaitForExitAsync(cancellationToken);
        return exit == 0 ? child.Output : throw new InvalidOperationException($"{child._name} ended with {exit}:\n{child.Output}");
    }

    /// <summary>Waits for a line that satisfies <paramref name="match"/>, also among those already written; throws with the whole output if the program ends without it.</summary>
    public async Task<string> WaitForLineAsync(Func<string, bool> match, CancellationToken cancellationToken)
    {
        for (var next = 0; ;)
        {
            Task changed;
            lock (_lock)
            {
                for (; next < _lines.Count; next++)
                {
                    if (match(_lines[next]))
                    {
                        return _lines[next];
                    }
                }

                if (_streams == 0)
                {
                    throw new InvalidOperationException($"{_name} ended before the line that was waited for:\n{string.Join('\n', _lines)}");
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"{_name} did not write the line that was waited for:\n{Output}", e);
            }
        }
    }

    /// <summary>Waits for the end and all output; returns the exit code.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _ended.WaitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal such as TERM, INT or KILL to the program by its id.</summary>
    public async Task SignalAsync(string signal)
    {
        if (HasEnded)
        {
            return;
        }

        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, RedirectStandardError = true };
        foreach (var argument in (string[])["-c", "kill -s \"$1\" \"$2\"", "kill", signal, Id.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }

        using var kill = Process.Start(start) ?? throw new InvalidOperationException("kill did not start");
        await kill.WaitForExitAsync();
    }

    /// <summary>Asks the program to end by <paramref name="signal"/>, kills it if it has not within ten seconds, and returns its exit code.</summary>
    public async Task<int> StopAsync(string signal = "TERM")
    {
        await SignalAsync(signal);
        try
        {
            await _ended.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
        }
        catch (TimeoutException)
        {
            _process.Kill();
            await _ended;
        }

        return _process.ExitCode;
    }

    /// <summary>Closes our end of the guard's pipe, as the kernel does when the tests are killed.</summary>
    public void AbandonInput() => _process.StandardInput.Close();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A test may end a process early to read what it left behind.
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await StopAsync();
        try
        {
            // Tells the guard that the end is known; it must not kill whoever gets this process id next.
            await _process.StandardInput.WriteLineAsync("done");
            _process.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The guard is gone already.
        }

        _process.Dispose();
    }

    private void Add(string? line)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            if (line is null)
            {
                _streams--;
            }
            else
            {
                _lines.Add(line);
            }

            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }
}
