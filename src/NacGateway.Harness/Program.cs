Console.Error.WriteLine("nac-harness");
return 2;
