using Steepest.Compare;
using Steepest.Compare.Reports;
using static Steepest.Tests.Compare.Races;

namespace Steepest.Tests.Compare;

/// <summary>The sentences that the numbers of a race allow. "n times fewer" divides numbers of epochs, which count from 1.</summary>
public sealed class RaceVerdictTests
{
    private const string Luck = "This is one split and one start: how much of it is luck was not measured.";

    [Fact]
    public void Two_contenders_at_one_rate_are_one_sentence() => Says(
        Of(Loss(0.25), 0.1, [Run("A", 0.1, reached: 9), Run("B", 0.1, reached: 24)]),
        "One learning rate for all (0.1): A reaches loss 0.25 in 10 epochs, 2.5 times fewer than B with 25.");

    [Fact]
    public void The_winner_comes_first_whoever_was_named_first() => Says(
        Of(Loss(0.25), 0.1, [Run("B", 0.1, reached: 24), Run("A", 0.1, reached: 9)]),
        "One learning rate for all (0.1): A reaches loss 0.25 in 10 epochs, 2.5 times fewer than B with 25.");

    [Fact]
    public void Ratios_are_of_epochs_needed_and_have_a_decimal_below_10() => Says(
        Of(Loss(0.25), 0.1, [Run("A", 0.1, reached: 0), Run("B", 0.1, reached: 1), Run("C", 0.1, reached: 9), Run("D", 0.1, reached: 12_344)]),
        "One learning rate for all (0.1): A reaches loss 0.25 in 1 epoch, 2.0 times fewer than B with 2, 10 times fewer than C with 10 and 12,345 times fewer than D with 12,345.");

    [Fact]
    public void A_tie_is_as_many_and_next_to_one_hardly_fewer() => Says(
        Of(Loss(0.25), 0.1, [Run("A", 0.1, reached: 99), Run("B", 0.1, reached: 99), Run("C", 0.1, reached: 103), Run("D", 0.1, reached: 104)]),
        "One learning rate for all (0.1): A reaches loss 0.25 in 100 epochs, as many epochs as B, hardly fewer than C with 104 and 1.1 times fewer than D with 105.");

    [Fact]
    public void Who_diverges_or_does_not_arrive_is_said_after_those_who_do() => Says(
        Of(Loss(0.25), 0.1, [Run("A", 0.1, diverged: 160), Run("B", 0.1, reached: 9), Run("C", 0.1, budget: 19_001)]),
        "One learning rate for all (0.1): B reaches loss 0.25 in 10 epochs; A diverges after 160 epochs and C does not reach it in 19,001 epochs.");

    [Fact]
    public void If_nobody_arrives_that_is_said() => Says(
        Of(Loss(0.25), 0.1, [Run("A", 0.1), Run("B", 0.1)]),
        "One learning rate for all (0.1): none reaches loss 0.25 within its budget.");

    [Fact]
    public void If_nobody_arrives_those_who_diverge_are_named() => Says(
        Of(Loss(0.25), 0.1, [Run("A", 0.1, diverged: 7), Run("B", 0.1)]),
        "One learning rate for all (0.1): none reaches loss 0.25 within its budget; A diverges after 7 epochs.");

    [Fact]
    public void The_best_rate_of_each_is_the_one_that_arrives_first() => Says(
        Of(Loss(0.25), 0.1, [
            Run("A", 0.1, reached: 9), Run("B", 0.1, reached: 24), Run("C", 0.1, reached: 49),
            Run("A", 0.2, reached: 19), Run("B", 0.2, reached: 4), Run("C", 0.2, diverged: 3)]),
        "One learning rate for all (0.1): A reaches loss 0.25 in 10 epochs, 2.5 times fewer than B with 25 and 5.0 times fewer than C with 50.",
        "Each at the best of its 2 learning rates (0.1 to 0.2): B (0.2) reaches loss 0.25 in 5 epochs, 2.0 times fewer than A (0.1) with 10 and 10 times fewer than C (0.1) with 50. A needs 5.0 times fewer than C.");

    [Fact]
    public void The_best_rate_of_one_that_never_arrives_has_the_lowest_last_loss() => Says(
        Of(Loss(0.25), null, [Run("A", 0.1, loss: 0.5), Run("A", 0.2, loss: 0.4), Run("A", 0.3, diverged: 3), Run("B", 5, reached: 3), Run("B", 6, reached: 2), Run("B", 7)]),
        "Each at the best of its 3 learning rates (0.1 to 7): B (6) reaches loss 0.25 in 3 epochs; A (0.2) does not reach it in 1,000 epochs.");

    [Fact]
    public void Contenders_with_unlike_numbers_of_rates_are_not_given_one_number() => Says(
        Of(Loss(0.25), null, [Run("A", 0.1, reached: 9), Run("B", 0.2, reached: 24), Run("B", 0.3, reached: 19)]),
        "Each at the best of its learning rates (0.1 to 0.3): A (0.1) reaches loss 0.25 in 10 epochs, 2.0 times fewer than B (0.3) with 20.");

    [Fact]
    public void Contenders_with_a_rate_of_their_own_each_are_compared_as_such() => Says(
        Of(Loss(0.25), null, [Run("A", 0.1, reached: 9), Run("B", 0.2, reached: 24)]),
        "Each at its own learning rate: A (0.1) reaches loss 0.25 in 10 epochs, 2.5 times fewer than B (0.2) with 25.");

    [Fact]
    public void A_title_in_brackets_takes_the_rate_into_them() => Says(
        Of(Loss(0.25), null, [Run("Adam (beta1 0.8)", 0.1, reached: 9), Run("Adam", 0.2, reached: 24)]),
        "Each at its own learning rate: Adam (beta1 0.8, learning rate 0.1) reaches loss 0.25 in 10 epochs, 2.5 times fewer than Adam (0.2) with 25.");

    [Fact]
    public void A_contender_alone_has_nobody_to_be_compared_with()
    {
        Says(Of(Loss(0.25), null, [Run("A", 0.1, reached: 9)]), "A (0.1) reaches loss 0.25 in 10 epochs.");
        Says(Of(Loss(0.25), null, [Run("A", 0.1)]), "A (0.1) does not reach loss 0.25 in 1,000 epochs.");
        Says(Of(Loss(0.25), null, [Run("A", 0.1, diverged: 3)]), "A (0.1) diverges after 3 epochs, without reaching loss 0.25.");
        Says(
            Of(Loss(0.25), null, [Run("A", 0.1, reached: 9), Run("A", 0.2, reached: 4)]),
            "The best of 2 learning rates (0.1 to 0.2): A (0.2) reaches loss 0.25 in 5 epochs.");
    }

    [Fact]
    public void Four_contenders_are_one_sentence_without_an_afterthought() => Says(
        Of(Loss(0.25), 1, [
            Run("A", 1, reached: 9), Run("B", 1, reached: 19), Run("C", 1, reached: 29), Run("D", 1, reached: 39), Run("A", 2, reached: 99)]),
        "One learning rate for all (1): A reaches loss 0.25 in 10 epochs, 2.0 times fewer than B with 20, 3.0 times fewer than C with 30 and 4.0 times fewer than D with 40.",
        "Each at the best of its learning rates (1 to 2): A (1) reaches loss 0.25 in 10 epochs, 2.0 times fewer than B (1) with 20, 3.0 times fewer than C (1) with 30 and 4.0 times fewer than D (1) with 40.");

    [Fact]
    public void An_accuracy_is_called_one() => Says(
        Of(new Target(TargetMetric.Accuracy, 0.95), 0.1, [Run("A", 0.1, reached: 9), Run("B", 0.1)]),
        "One learning rate for all (0.1): A reaches accuracy 0.95 in 10 epochs; B does not reach it in 1,000 epochs.");

    [Fact]
    public void A_run_of_fixed_length_is_no_racer_and_has_a_sentence_of_its_own()
    {
        Says(
            Of(Loss(0.1), 0.1, [Run("A", 0.1, reached: 9), Run("B", 0.1, reached: 19), Run("A", 0.1, budget: 250, racing: false, loss: 0.15)]),
            "One learning rate for all (0.1): A reaches loss 0.1 in 10 epochs, 2.0 times fewer than B with 20.",
            "After the article's 250 epochs at 0.1 the loss of A is 0.1500, 1.5 times the target: 250 epochs do not get there.");
        var arrived = Run("A", 0.1, reached: 99, racing: false) with { Epochs = 250 };
        Says(
            Of(Loss(0.25), 0.1, [Run("A", 0.1, reached: 99), Run("B", 0.1, reached: 99), arrived]),
            "One learning rate for all (0.1): A reaches loss 0.25 in 100 epochs, as many epochs as B.",
            "After the article's 250 epochs at 0.1 the loss of A is 0.2500; the target was reached in 100 epochs.");
    }

    [Fact]
    public void An_interrupted_race_claims_no_more_than_was_finished()
    {
        Says(
            Of(Loss(0.25), 0.1, [Run("A", 0.1, reached: 9), Run("B", 0.1, reached: 24), Run("A", 0.2, reached: 4)], Run("A", 0.3), Run("B", 0.2)),
            "One learning rate for all (0.1): A reaches loss 0.25 in 10 epochs, 2.5 times fewer than B with 25.",
            "The race was interrupted: 3 of 5 runs were finished.");
        Says(Of(Loss(0.25), 0.1, [Run("A", 0.1, reached: 9)], Run("B", 0.1)), "The race was interrupted: 1 of 2 runs were finished.");
    }

    [Fact]
    public void Without_a_target_the_reason_is_said_and_nothing_compared()
    {
        Says(
            Of(null, 100, [Run("A", 100, diverged: 160, racing: false), Run("B", 100)]),
            "There is no target: A at 100, whose last loss was to be it, diverged after 160 epochs.");
        Says(
            Of(null, null, [], Run("A", 1)),
            "There is no target yet: the run whose last loss is to be it did not finish.",
            "The race was interrupted: 0 of 1 runs were finished.");
    }

    private static void Says(RaceResult race, params string[] sentences) => Assert.Equal([.. sentences, Luck], RaceVerdict.Of(race));
}
