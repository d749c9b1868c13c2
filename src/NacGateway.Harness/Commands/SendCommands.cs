using System.CommandLine;

namespace NacGateway.Harness.Commands;

/// <summary><c>send</c> and its verbs, with an example of each.</summary>
internal static class SendCommands
{
    public static Command Create(Option<bool> json, Dictionary<Command, string> examples)
    {
        var auth = SendAuthCommand.Create(json);
        var acct = SendAcctCommand.Create(json);
        var status = SendStatusCommand.Create(json);
        var coa = SendChangeCommand.CreateCoa(json);
        var disconnect = SendChangeCommand.CreateDisconnect(json);
        var send = new Command("send", "Sends requests to a RADIUS server, or to a NAS, and says what came back.") { auth, acct, status, coa, disconnect };
        examples.Add(send, SendAuthCommand.Example);
        examples.Add(auth, SendAuthCommand.Example);
        examples.Add(acct, SendAcctCommand.Example);
        examples.Add(status, SendStatusCommand.Example);
        examples.Add(coa, SendChangeCommand.CoaExample);
        examples.Add(disconnect, SendChangeCommand.DisconnectExample);
        return send;
    }
}
