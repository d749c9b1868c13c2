Console.Error.WriteLine("nacgateway");
return 2;
