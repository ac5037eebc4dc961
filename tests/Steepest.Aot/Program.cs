using System.Runtime.Intrinsics;
using Steepest.Tests.Training;

// Prints the hashes of whole runs, for native code to be held against what the runtime compiles; on the side, how wide its lanes are.
var bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 64;
Console.Error.WriteLine($"lanes of {bits} bits");
foreach (var (name, hash) in WholeRuns.All(threads: 2)) Console.WriteLine($"{hash} {name}");
