Console.WriteLine("steepest");
