// Keeps made trials in a store, as an experiment keeps its own: what the tests start several of at once, and kill. Keeper STORE LOG TRIALS.
using Steepest.Compare.Store;
using Steepest.Tests.Compare.Store;

using var store = new SqliteTrialStore(args[0]);
using var log = new FileStream(args[1], FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
var trials = int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture);
Parallel.For(0, trials, new ParallelOptions { MaxDegreeOfParallelism = 2 }, number =>
{
    if (store.Find(MadeTrials.Trial(number)) is not null) return;
    lock (log) log.Write(System.Text.Encoding.ASCII.GetBytes($"{number}\n"));
    store.Keep(MadeTrials.Trial(number), MadeTrials.Result(number));
});
