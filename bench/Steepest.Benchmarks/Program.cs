using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Steepest.Benchmarks;

// dotnet run -c Release --project bench/Steepest.Benchmarks -- --filter '*'       measures
// dotnet run -c Release --project bench/Steepest.Benchmarks -- --filter '*' --job dry   only shows that everything runs
// dotnet run -c Release --project bench/Steepest.Benchmarks -- startup            times a published program from start to end
if (args is ["startup", .. var rest]) return Startup.Measure(rest is [var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 21);

// In process, for a project that BenchmarkDotNet generates would inherit warnings as errors.
var job = args.Contains("dry") ? Job.Dry : Job.Default;
var config = DefaultConfig.Instance.AddJob(job.WithToolchain(InProcessEmitToolchain.Instance)).WithOptions(ConfigOptions.JoinSummary);
string[] remaining = [.. args.Where((arg, i) => arg != "--job" && (i == 0 || args[i - 1] != "--job"))];
var summaries = BenchmarkSwitcher.FromAssembly(typeof(W1Epoch).Assembly).Run(remaining, config);
return summaries.Any() && summaries.All(s => !s.HasCriticalValidationErrors && s.Reports.All(r => r.Success)) ? 0 : 1;
