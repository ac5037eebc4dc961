using CsCheck;
using Steepest.Compare.Tasks;

namespace Steepest.Tests.Compare.Tasks;

public sealed class KeptEpochsTests
{
    // Losses that fall, rise, repeat and stop being numbers, as training's do.
    private static readonly Gen<double[]> Losses = Gen.OneOf(Gen.Double[0, 2], Gen.Double[0.99, 1], Gen.Const(0.5), Gen.Const(double.NaN), Gen.Const(double.PositiveInfinity)).Array[1, 3000];

    [Fact]
    public void The_first_and_the_last_are_kept_and_all_ascend() => Losses.Sample(losses =>
    {
        var kept = KeptEpochs.Of(losses, isHigherBetter: false);
        Assert.Equal((0, losses.Length - 1), (kept[0], kept[^1]));
        Assert.Equal(kept.Distinct().Order(), kept);
    });

    [Fact]
    public void A_moved_target_is_reached_at_the_same_epoch_or_by_a_thousandth_less_no_later() => Gen.Select(Losses, Gen.Double[0, 2]).Sample((losses, target) =>
    {
        var kept = KeptEpochs.Of(losses, isHigherBetter: false);
        var whole = First(Enumerable.Range(0, losses.Length), losses, target);

        // Nothing is reached too early, and what misses the target by no more than a thousandth is reached no later than it truly was.
        Assert.True(First(kept, losses, target) >= whole);
        Assert.True(First(kept, losses, target / 0.999) <= whole);
    });

    [Fact]
    public void Of_an_accuracy_the_share_of_errors_counts() => Gen.Select(Gen.Double[0, 1].Array[1, 2000], Gen.Double[0, 1]).Sample((accuracies, target) =>
    {
        var kept = KeptEpochs.Of(accuracies, isHigherBetter: true);
        var errors = accuracies.Select(accuracy => 1 - accuracy).ToArray();
        var whole = First(Enumerable.Range(0, errors.Length), errors, target);
        Assert.True(First(kept, errors, target) >= whole);
        Assert.True(First(kept, errors, target / 0.999) <= whole);
    });

    [Fact]
    public void A_steady_fall_is_kept_whole_and_a_standstill_at_a_thousand_places_or_fewer()
    {
        Assert.Equal(5000, KeptEpochs.Of([.. Enumerable.Range(0, 5000).Select(epoch => Math.Pow(0.99, epoch))], isHigherBetter: false).Count);

        // The first of a thousand places fall together: there is no epoch between 1 and 2.
        Assert.InRange(KeptEpochs.Of([.. Enumerable.Repeat(1.0, 100_000)], isHigherBetter: false).Count, 600, 1000);
        Assert.Equal([0, 1, 2, 3, 4], KeptEpochs.Of([1, 1, 1, 1, 1], isHigherBetter: false));
    }

    private static int First(IEnumerable<int> epochs, double[] losses, double target) => epochs.Where(epoch => losses[epoch] <= target).DefaultIfEmpty(int.MaxValue).First();
}
