using System.Text;

namespace NacGateway.Web.Hosting.Commands;

/// <summary>Asks for a new password where it does not show.</summary>
internal static class PasswordPrompt
{
    private const int Longest = 1024;

    /// <summary>The password; null when there is none, which has then been said.</summary>
    public static string? Read(bool fromStandardInput)
    {
        if (fromStandardInput)
        {
            return Console.In.ReadLine();
        }

        if (Console.IsInputRedirected)
        {
            Console.Error.WriteLine("error: there is no terminal to ask for a password. Give --password-stdin and the password on standard input.");
            return null;
        }

        var first = Ask("New password: ");
        if (Ask("Again: ") == first)
        {
            return first;
        }

        Console.Error.WriteLine("error: the two are not the same.");
        return null;
    }

    private static string Ask(string question)
    {
        Console.Error.Write(question);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar) && typed.Length < Longest)
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
