using System.CommandLine;

namespace NacGateway.Web.Hosting.Commands;

/// <summary><c>admin add NAME</c>: the name is promised, the accounts are not there yet, and the command says so.</summary>
internal static class AdminCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "Name of the administrator." };
        var add = new Command("add", "Adds an administrator. This release has no administrator accounts: it says so and exits with 2.") { name };
        add.SetAction(async (parse, cancellation) =>
        {
            await Console.Error.WriteLineAsync("error: this release has no administrator accounts; they come with the administrator's desk. Nothing was added.".AsMemory(), cancellation);
            return ExitCode.Usage;
        });
        return new Command("admin", "Administrator accounts.") { add };
    }
}
