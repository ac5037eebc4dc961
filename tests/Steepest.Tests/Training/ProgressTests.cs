using System.Globalization;

namespace Steepest.Tests.Training;

/// <summary>How far a run is, by a clock that the test turns.</summary>
public sealed class ProgressTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_end_of_every_epoch_is_reported_with_the_time_left()
    {
        // Five steps an epoch, two seconds each.
        var (told, history) = Run(new TrainingSpec(new Adam(0.01), 4, BatchSize: 20), every: null);

        Assert.Equal([(1, 4, 5L, 20L), (2, 4, 10, 20), (3, 4, 15, 20), (4, 4, 20, 20)], told.Select(p => (p.Epoch, p.Epochs, p.Step, p.Steps)));
        Assert.Equal([10, 20, 30, 40], told.Select(p => p.Elapsed.TotalSeconds));
        Assert.Equal([30, 20, 10, 0], told.Select(p => p.Left.TotalSeconds));
        Assert.Equal(history.Loss, told.Select(p => p.Loss));
        Assert.Equal(history.ValidationLoss, told.Select(p => p.ValidationLoss));
    }

    [Fact]
    public void Within_an_epoch_it_is_reported_as_often_as_asked()
    {
        var (told, history) = Run(new TrainingSpec(new Adam(0.01), 2, BatchSize: 20), every: TimeSpan.FromSeconds(4));

        // Every second step, and the ends of epochs, from which it is counted anew.
        Assert.Equal([2L, 4, 5, 7, 9, 10], told.Select(p => p.Step));
        Assert.Equal([1, 1, 1, 2, 2, 2], told.Select(p => p.Epoch));
        Assert.Equal([16.0, 12, 10, 6, 2, 0], told.Select(p => p.Left.TotalSeconds));
        double[] validation = [double.NaN, double.NaN, history.ValidationLoss[0], history.ValidationLoss[0], history.ValidationLoss[0], history.ValidationLoss[1]];
        Assert.Equal(validation, told.Select(p => p.ValidationLoss));
    }

    [Fact]
    public void Fast_steps_have_a_time_left_too()
    {
        var (told, _) = Run(new TrainingSpec(new Adam(0.01), 4, BatchSize: 20), every: null, ticksPerStep: 1);

        Assert.Equal([15L, 10, 5, 0], told.Select(p => p.Left.Ticks));
    }

    [Fact]
    public void A_run_without_an_end_in_sight_takes_as_long_as_can_be_said()
    {
        var spec = new TrainingSpec(new Adam(0.01), int.MaxValue, BatchSize: 20);
        var (told, _) = Run(spec, every: null, ticksPerStep: TimeSpan.TicksPerHour, stopAfter: 1);

        Assert.Equal([TimeSpan.MaxValue], told.Select(p => p.Left));
    }

    [Fact]
    public void After_a_resume_the_speed_is_that_of_the_steps_done_since()
    {
        using var folder = new Checkpoints.CheckpointFolder();
        var spec = new TrainingSpec(new Adam(0.01), 4, BatchSize: 20);
        var (told, history) = Run(spec, every: null, saveAt: (7, folder.Path));
        Assert.Equal(4, told.Count);

        // Steps take three seconds now.
        (told, _) = Run(spec, every: TimeSpan.FromSeconds(6), ticksPerStep: 3 * TimeSpan.TicksPerSecond, resume: folder.Path);
        Assert.Equal([9L, 10, 12, 14, 15, 17, 19, 20], told.Select(p => p.Step));
        Assert.Equal([6.0, 9, 15, 21, 24, 30, 36, 39], told.Select(p => p.Elapsed.TotalSeconds));
        Assert.Equal([33.0, 30, 24, 18, 15, 9, 3, 0], told.Select(p => p.Left.TotalSeconds));
        Assert.Equal((2, history.ValidationLoss[0]), (told[0].Epoch, told[0].ValidationLoss));
    }

    [Theory]
    [InlineData(11.2, "epoch 3 of 15, loss 0.4312, validation 0.4507, 12 s left")]
    [InlineData(99.9, "epoch 3 of 15, loss 0.4312, validation 0.4507, 100 s left")]
    [InlineData(100, "epoch 3 of 15, loss 0.4312, validation 0.4507, 0:01:40 left")]
    [InlineData(3725, "epoch 3 of 15, loss 0.4312, validation 0.4507, 1:02:05 left")]
    [InlineData(108_000, "epoch 3 of 15, loss 0.4312, validation 0.4507, 30:00:00 left")]
    public void It_reads_the_same_in_every_country(double seconds, string text)
    {
        // What German does to numbers and times, whatever the machine knows of German.
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator, german.DateTimeFormat.TimeSeparator) = (",", ".", ".");
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = german;
        try
        {
            Assert.Equal("0,5", $"{0.5}");
            Assert.Equal(text, new TrainingProgress(3, 15, 30, 150, 0.43119, 0.45071, TimeSpan.Zero, TimeSpan.FromSeconds(seconds)).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Without_validation_rows_it_says_nothing_of_them() => Assert.Equal(
        "epoch 1 of 2, loss 1.5000, 0 s left", new TrainingProgress(1, 2, 1, 2, 1.5, double.NaN, TimeSpan.Zero, TimeSpan.Zero).ToString());

    private static (List<TrainingProgress> Told, History History) Run(
        TrainingSpec spec, TimeSpan? every, long ticksPerStep = 2 * TimeSpan.TicksPerSecond, int? stopAfter = null, (long Step, string Path)? saveAt = null, string? resume = null)
    {
        var clock = new TurnedClock();
        var told = new List<TrainingProgress>();
        var turn = new AtStep(state =>
        {
            clock.Ticks += ticksPerStep;
            if (state.Stepper.StepCount == saveAt?.Step)
                state.SaveCheckpoint(saveAt.Value.Path);
            if (state.Epoch + 1 == stopAfter)
                state.RequestStop();
        });
        var trainer = new Trainer<double>(
            SeedRun.Network<double>(), SeedRun.Train, SeedRun.Test, spec, turn, new ProgressReporter<double>(told.Add, every, clock));
        if (resume is not null)
            trainer.Resume(resume);
        return (told, trainer.Run(Cancellation));
    }

    private sealed class TurnedClock : TimeProvider
    {
        public long Ticks { get; set; } = 12345;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Ticks;
    }
}
