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
    Verb("workloads", "The workloads in Steepest alone: workloads.md.", parsed => WorkloadsReport.Write(parsed.GetValue(quick))),
    Verb("peers", "The workloads in Steepest and in NumPy, scikit-learn and PyTorch where they are installed: peers.md.", parsed => PeersReport.Write(parsed.GetValue(workloads)!, parsed.GetValue(quick)), workloads),
    Verb("steps", "A step of every optimizer beside a loop over the same arrays: optimizer-steps.md.", parsed => StepsReport.Write(parsed.GetValue(quick))),
    Verb("growth", "How an epoch's time grows with rows, width, depth and batch: growth.md.", parsed => GrowthReport.Write(1, parsed.GetValue(quick))),
    Verb("threads", "W3 on one thread and on all, alone and beside others: threads.md.", parsed => ThreadsReport.Write(parsed.GetValue(quick))),
    Verb("profile", "Where a step of W3 spends its time: w3-profile.md.", parsed => ProfileReport.Write(parsed.GetValue(quick))),
    Verb("calibration", "Whether the statistics of comparisons keep what they promise, on simulated times: calibration.md. Fails where they do not.", parsed => CalibrationReport.Write(parsed.GetValue(quick))),
    Verb("reach", "What tuned momentum and tuned Adam come to on the catalogue's tasks, from which the targets are set: reach.md.", parsed => ReachReport.Write(parsed.GetValue(quick))),
    Verb("copies", "Whether Adam beats itself, in 200 small experiments: copies.md. Fails where it does too often.", parsed => CopiesReport.Write(parsed.GetValue(quick))),
    Role("serve", parsed => Server.Answer(parsed.GetValue(threads)), threads),
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
