using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace NacGateway.Benchmarks;

/// <summary>
/// A server or load generator in a process of its own, so that neither its garbage collector nor its threads are shared with what
/// it is compared with. On a machine with more than one core it is pinned to one, where <c>taskset</c> exists.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const string Taskset = "/usr/bin/taskset";
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
    }

    /// <summary>Resident memory that is this process's own, in octets.</summary>
    public long ResidentOctets => StatusKilobytes("VmRSS") * 1024;

    /// <summary>Processor time used so far, of user and kernel together.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Process id, for signals.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a .NET assembly that lies beside this one.</summary>
    public static ChildProcess StartDotnet(string assembly, int? core, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        StartProgram("dotnet", core, [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments], environment);

    /// <summary>Starts a program.</summary>
    public static ChildProcess StartProgram(string program, int? core, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var pinned = core is { } wanted && Environment.ProcessorCount > 1 && File.Exists(Taskset) ? wanted % Environment.ProcessorCount : (int?)null;
        var start = new ProcessStartInfo(pinned is null ? program : Taskset)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        if (pinned is { } cpu)
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(cpu.ToString(CultureInfo.InvariantCulture));
            start.ArgumentList.Add(program);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[key] = value;
        }

        var child = new ChildProcess(new Process { StartInfo = start });
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Starts one of this program's own verbs.</summary>
    public static ChildProcess StartPeer(int? core, params IEnumerable<string> arguments) => StartDotnet("NacGateway.Benchmarks.dll", core, arguments);

    /// <summary>Waits for a line that matches, and returns the match. Throws with all output when the process ends before.</summary>
    public async Task<Match> WaitForLineAsync(Regex pattern, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(90));
        for (var next = 0; ;)
        {
            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
                for (; next < _lines.Count; next++)
                {
                    if (pattern.Match(_lines[next]) is { Success: true } match)
                    {
                        return match;
                    }
                }
            }

            try
            {
                var ended = _process.WaitForExitAsync(limit.Token);
                if (await Task.WhenAny(changed, ended).WaitAsync(limit.Token) == ended && !changed.IsCompleted)
                {
                    throw new InvalidOperationException($"The process ended with code {_process.ExitCode} before it printed {pattern}:\n{Output()}");
                }
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"No line matched {pattern}:\n{Output()}", exception);
            }
        }
    }

    /// <summary>Throws, with all output, when it has ended although it should run.</summary>
    public void ThrowIfEnded()
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"The process ended with code {_process.ExitCode}:\n{Output()}");
        }
    }

    /// <summary>Waits until it has ended by itself, and returns all it printed.</summary>
    public async Task<string> WaitForEndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode == 0 ? Output() : throw new InvalidOperationException($"The process ended with code {_process.ExitCode}:\n{Output()}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private string Output()
    {
        lock (_gate)
        {
            return string.Join('\n', _lines);
        }
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_gate)
        {
            _lines.Add(line);
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private long StatusKilobytes(string key)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(key, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(key.Length + 1).Trim(" \tkB"), CultureInfo.InvariantCulture);
    }
}
