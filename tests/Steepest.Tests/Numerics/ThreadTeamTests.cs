using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest.Tests.Numerics;

/// <summary>Work that is shared among threads.</summary>
public sealed class ThreadTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Every_part_is_done_once_before_the_call_returns(int threads)
    {
        var done = GC.AllocateArray<int>(40, pinned: true);
        for (var round = 1; round <= 3000; round++)
        {
            var parts = 1 + (round % done.Length);
            done.AsSpan().Clear();
            var work = new Tick(ref done[0], parts);
            ThreadTeam.Run<double, Tick>(ref work, threads);
            for (var part = 0; part < done.Length; part++) Assert.Equal(part < parts ? 1 : 0, done[part]);
        }
    }

    [Fact]
    public void Who_finds_the_team_at_work_does_all_parts_alone() =>
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken }, _ => Every_part_is_done_once_before_the_call_returns(3));

    private readonly ref struct Tick(ref int done, int parts) : ISplitWork<double>
    {
        private readonly ref int done = ref done;

        public int Parts => parts;

        public void Run<V>(int part)
            where V : struct, IKernelLane<V, double> => Interlocked.Increment(ref Unsafe.Add(ref done, part));
    }
}
