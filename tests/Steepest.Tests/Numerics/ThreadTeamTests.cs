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

    [Fact]
    public void What_a_part_throws_on_a_helper_reaches_the_caller()
    {
        Assert.Equal("on a helper", Assert.Throws<InvalidOperationException>(() => Meet(helpers: 1, () => throw new InvalidOperationException("on a helper"))).Message);
        Every_part_is_done_once_before_the_call_returns(2);
    }

    [Fact]
    public void A_caller_who_is_interrupted_waits_for_its_helpers_all_the_same()
    {
        bool left = false, isDone = false, wasDone = false, isStillInterrupted = false;
        Thread? caller = null;
        caller = new Thread(() =>
        {
            try
            {
                Meet(helpers: 1, WorkUntilTheCallerSleeps, Thread.CurrentThread.Interrupt);
            }
            catch (ThreadInterruptedException)
            {
                // Which is the fault that this looks for.
            }

            wasDone = Volatile.Read(ref isDone);
            Volatile.Write(ref left, true);
            isStillInterrupted = WaitIsInterrupted();
        });
        caller.Start();
        caller.Join();
        Assert.True(wasDone, "The call returned before a helper had done its part.");
        Assert.True(isStillInterrupted, "The interrupt was lost.");

        void WorkUntilTheCallerSleeps()
        {
            while (!caller!.ThreadState.HasFlag(ThreadState.WaitSleepJoin) && !Volatile.Read(ref left)) Thread.Yield();
            Volatile.Write(ref isDone, true);
        }

        static bool WaitIsInterrupted()
        {
            using var never = new ManualResetEvent(false);
            try
            {
                never.WaitOne(1);
                return false;
            }
            catch (ThreadInterruptedException)
            {
                return true;
            }
        }
    }

    [Fact]
    public void Helpers_keep_nothing_of_who_called_them_first()
    {
        var callers = new AsyncLocal<string> { Value = "the caller's" };
        string? seen = null;
        Meet(helpers: Environment.ProcessorCount + 8, () =>
        {
            if (callers.Value is { } value) seen = value;
        });
        Assert.Null(seen);
    }

    /// <summary>Runs work whose parts wait until so many helpers and the caller are at one each; then they do what is given.</summary>
    private static void Meet(int helpers, Action helper, Action? caller = null)
    {
        // While the team works for other tests the caller is alone.
        bool hasMet;
        do
        {
            var meeting = new Meeting(helpers, helper, caller);
            var work = new Attendance(meeting);
            ThreadTeam.Run<double, Attendance>(ref work, helpers + 1);
            hasMet = meeting.TookPlace;
        }
        while (!hasMet);
    }

    private sealed class Meeting(int helpers, Action helper, Action? caller)
    {
        private readonly int callerId = Environment.CurrentManagedThreadId;
        private int present;
        private bool isOff;

        public int Helpers => helpers;

        public bool TookPlace => Volatile.Read(ref present) >= helpers;

        public void Attend()
        {
            var isCaller = Environment.CurrentManagedThreadId == callerId;
            if (!isCaller) Interlocked.Increment(ref present);
            for (var turn = 0; !TookPlace && !Volatile.Read(ref isOff); turn++)
            {
                Thread.Yield();
                if (isCaller && turn == 10_000) Volatile.Write(ref isOff, true);
            }

            if (!TookPlace) return;
            if (!isCaller) helper();
            else caller?.Invoke();
        }
    }

    private readonly struct Attendance(Meeting meeting) : ISplitWork<double>
    {
        public int Parts => meeting.Helpers + 1;

        public void Run<V>(int part)
            where V : struct, IKernelLane<V, double> => meeting.Attend();
    }

    private readonly ref struct Tick(ref int done, int parts) : ISplitWork<double>
    {
        private readonly ref int done = ref done;

        public int Parts => parts;

        public void Run<V>(int part)
            where V : struct, IKernelLane<V, double> => Interlocked.Increment(ref Unsafe.Add(ref done, part));
    }
}
