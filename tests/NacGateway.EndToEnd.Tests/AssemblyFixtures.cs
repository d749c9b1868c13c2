using NacGateway.TestKit;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]
[assembly: AssemblyFixture(typeof(Chromium))]
