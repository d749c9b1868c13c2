using NacGateway.Harness.Commands;

return await HarnessCommandLine.RunAsync(args);
