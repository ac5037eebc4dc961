using System.CommandLine;
using Steepest.Benchmarks;

var quick = new Option<bool>("--quick") { Description = "Only show that everything runs: one tiny round, whose figures mean nothing, and no file is written.", Recursive = true };
var workloads = new Argument<string[]>("workload") { Description = $"Which: {string.Join(", ", PeersReport.Names)}. All of them unless said.", Arity = ArgumentArity.ZeroOrMore };
workloads.AcceptOnlyFromAmong([.. PeersReport.Names]);
var threads = new Argument<int>("threads");

var root = new RootCommand("Measures Steepest beside other software and beside what the machine allows. Results go to bench/results.")
{
    quick,
    Verb("kernels", "Matrix products, optimizer steps and functions by themselves: kernels.md.", parsed => KernelsReport.Write(parsed.GetValue(quick))),
    Verb("peers", "The workloads in Steepest and in NumPy, scikit-learn and PyTorch where they are installed: peers.md.", parsed => PeersReport.Write(parsed.GetValue(workloads)!, parsed.GetValue(quick)), workloads),
    Role("serve", _ => Server.Answer(_.GetValue(threads)), threads),
    Role("spin", _ => Server.Spin()),
};
return root.Parse(args).Invoke();

static Command Verb(string name, string description, Func<ParseResult, int> run, params Argument[] arguments)
{
    var command = new Command(name, description);
    foreach (var argument in arguments) command.Add(argument);
    command.SetAction(run);
    return command;
}

// What this program is when it measures itself from outside.
static Command Role(string name, Func<ParseResult, int> run, params Argument[] arguments)
{
    var command = Verb(name, "", run, arguments);
    command.Hidden = true;
    return command;
}
