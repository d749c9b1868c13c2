namespace NacGateway.Core.Tests.Accounting;

/// <summary>
/// Kills a process at one of its writes: there, and from there on, its database traffic fails, until the test starts the next process.
/// A point is a statement that writes, the commit before the database has it, or the commit after the database has made it and before
/// the process knows. Rows that are appended go past it: they are written right before the commit, whose point stands for theirs.
/// </summary>
internal sealed class KillSwitch
{
    private int _left;
    private volatile bool _hasStruck;

    private KillSwitch(int point) => _left = point;

    public bool HasStruck => _hasStruck;

    /// <summary>Takes the place of the faults that were there.</summary>
    /// <param name="faults">Of the process.</param>
    /// <param name="point">Which write from now; 1 is the next.</param>
    public static KillSwitch Arm(DatabaseFaults faults, int point)
    {
        var armed = new KillSwitch(point);
        faults.Begin = armed.Look;
        faults.Command = command =>
        {
            if (IsWrite(command.CommandText))
            {
                armed.Count();
            }

            armed.Look();
        };
        faults.Commit = faults.Committed = () =>
        {
            armed.Count();
            armed.Look();
        };
        return armed;
    }

    private static bool IsWrite(string statement) =>
        statement.AsSpan().TrimStart() is var text
        && (text.StartsWith("INSERT", StringComparison.Ordinal) || text.StartsWith("UPDATE", StringComparison.Ordinal) || text.StartsWith("DELETE", StringComparison.Ordinal));

    private void Count()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _hasStruck = true;
        }
    }

    private void Look()
    {
        if (_hasStruck)
        {
            throw new IOException("the process is killed here");
        }
    }
}
