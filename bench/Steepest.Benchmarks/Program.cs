using System.CommandLine;
using Steepest.Benchmarks;

var quick = new Option<bool>("--quick") { Description = "Only show that everything runs: one tiny round, whose figures mean nothing, and no file is written.", Recursive = true };
var root = new RootCommand("Measures Steepest beside other software and beside what the machine allows. Results go to bench/results.")
{
    quick,
    Verb("kernels", "Matrix products, optimizer steps and functions by themselves: kernels.md.", KernelsReport.Write),
};
return root.Parse(args).Invoke();

Command Verb(string name, string description, Func<bool, int> run)
{
    var command = new Command(name, description);
    command.SetAction(parsed => run(parsed.GetValue(quick)));
    return command;
}
