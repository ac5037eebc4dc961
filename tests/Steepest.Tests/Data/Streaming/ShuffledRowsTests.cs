using CsCheck;
using Steepest.Numerics;
using Steepest.Tests.Training;

namespace Steepest.Tests.Data.Streaming;

[Collection(nameof(Alone))]
public sealed class ShuffledRowsTests
{
    [Fact]
    public void Every_row_comes_exactly_once_whatever_the_buffer() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[0, 80], Gen.ULong).Sample((rows, buffer, seed) =>
        {
            using var shuffled = new ShuffledRows(new MadeSource(rows), buffer);

            Assert.Equal(Enumerable.Range(0, rows), Pass(shuffled, new Pcg64(seed)).Order());
        });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_buffer_of_at_most_one_row_keeps_the_order_and_draws_nothing(int buffer)
    {
        var generator = new Pcg64(7);
        using var shuffled = new ShuffledRows(new MadeSource(20), buffer);

        Assert.Equal(Enumerable.Range(0, 20), Pass(shuffled, generator));
        Assert.Equal(new Pcg64(7).State, generator.State);
    }

    [Fact]
    public void A_row_comes_at_most_a_buffer_early()
    {
        using var shuffled = new ShuffledRows(new MadeSource(1000), 50);
        var order = Pass(shuffled, new Pcg64(3));

        Assert.NotEqual(Enumerable.Range(0, 1000), order);
        for (var place = 0; place < order.Length; place++)
            Assert.InRange(order[place], 0, place + 49);
    }

    [Fact]
    public void The_order_is_that_of_the_definition() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 50], Gen.ULong).Sample((rows, buffer, seed) =>
        {
            var generator = new Pcg64(seed);
            var held = Enumerable.Range(0, Math.Min(rows, buffer)).ToList();
            var next = held.Count;
            var expected = new List<int>();
            while (held.Count > 0)
            {
                var drawn = (int)generator.Integers(0, held.Count);
                expected.Add(held[drawn]);
                held[drawn] = next < rows ? next++ : held[^1];
                if (expected.Count > rows - Math.Min(rows, buffer)) held.RemoveAt(held.Count - 1);
            }

            using var shuffled = new ShuffledRows(new MadeSource(rows), buffer);
            Assert.Equal(expected, Pass(shuffled, new Pcg64(seed)));
        });

    [Fact]
    public void A_buffer_as_large_as_the_data_makes_every_order_as_likely()
    {
        const int Passes = 24_000;
        var generator = new Pcg64(1);
        using var shuffled = new ShuffledRows(new MadeSource(4), 4);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Passes; i++)
        {
            var order = string.Join(' ', Pass(shuffled, generator));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        // Five standard deviations of a count with mean 1,000: 5 √(24,000 × 1/24 × 23/24) = 155.
        Assert.Equal(24, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 845, 1155));
    }

    [Fact]
    public void Passes_follow_one_another_with_the_same_generator()
    {
        using var shuffled = new ShuffledRows(new MadeSource(30), 10);
        var generator = new Pcg64(9);
        int[] first = Pass(shuffled, generator), second = Pass(shuffled, generator);

        Assert.NotEqual(first, second);
        Assert.Equal(Enumerable.Range(0, 30), second.Order());
    }

    [Fact]
    public void A_skipped_pass_goes_on_as_one_that_was_read() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[0, 80], Gen.ULong, Gen.Int[0, 60]).Sample((rows, buffer, seed, at) =>
        {
            var skip = Math.Min(at, rows);
            var source = new MadeSource(rows);
            var (generator, resumed) = (new Pcg64(seed), new Pcg64(seed));
            using ShuffledRows whole = new(source, buffer), rest = new(source, buffer);
            var order = Pass(whole, generator);

            rest.Begin(resumed);
            rest.Skip(skip);

            Assert.Equal(order.Skip(skip), Rest(rest));
            Assert.Equal(generator.State, resumed.State);
        });

    [Fact]
    public void A_row_handed_out_stays_until_the_next_call()
    {
        using var shuffled = new ShuffledRows(new MadeSource(50, targets: 2), 8);
        shuffled.Begin(new Pcg64(4));
        while (shuffled.Next(out var row))
            Assert.Equal([-row.Features[0], -row.Features[0]], row.Targets);
    }

    [Fact]
    public void A_dataset_gives_its_rows_as_a_source()
    {
        var data = Dataset.Classification("d", new[] { 0.1f, 0.2f, 0.3f, 0.4f }, ["a", "b"], [1, 0], ["x", "y"]).WithWeights([2, 0]);
        var source = data.AsSource();
        Assert.Equal(("d", 2, 2, 0, 2L, true), (source.Name, source.FeatureCount, source.Classes, source.TargetCount, source.Rows, source.IsClassification));

        using var reader = source.Open();
        var row = new Row(2);
        Assert.True(reader.Read(row));
        Assert.Equal([0.1f, 0.2f], row.Features);
        Assert.Equal((1, 2.0), (row.Label, row.Weight));
        Assert.True(reader.Read(row));
        Assert.Equal([0.3f, 0.4f], row.Features);
        Assert.Equal((0, 0.0), (row.Label, row.Weight));
        Assert.False(reader.Read(row));
    }

    [Fact]
    public void Targets_and_a_weight_of_one_come_from_a_dataset_too()
    {
        using var shuffled = new ShuffledRows(Dataset.Regression("d", [1, 2], ["a"], [10, 11, 20, 21], ["t", "u"]).AsSource(), 0);
        shuffled.Begin(new Pcg64(1));

        Assert.True(shuffled.Next(out var row));
        Assert.Equal([10, 11], row.Targets);
        Assert.True(shuffled.Next(out row));
        Assert.Equal([20, 21], row.Targets);
        Assert.Equal(1, row.Weight);
    }

    [Fact]
    public void A_weight_that_a_reader_leaves_alone_is_one()
    {
        using var shuffled = new ShuffledRows(new MadeSource(10, (i, row) => row.Weight = i < 5 ? 3 : row.Weight), 2);
        shuffled.Begin(new Pcg64(1));
        while (shuffled.Next(out var row))
            Assert.Equal(row.Features[0] < 5 ? 3 : 1, row.Weight);
    }

    [Fact]
    public void Nothing_is_allocated_within_a_pass()
    {
        var source = Rows.Random(500, 3, 2, seed: 1).AsSource();
        var generator = new Pcg64(1);
        using var shuffled = new ShuffledRows(source, 100);
        shuffled.Begin(generator);
        Count();

        shuffled.Begin(generator);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var rows = Count();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(500, rows);

        int Count()
        {
            var count = 0;
            while (shuffled.Next(out _)) count++;
            return count;
        }
    }

    [Fact]
    public void Every_pass_that_was_opened_is_closed()
    {
        var source = new MadeSource(10);
        using (var shuffled = new ShuffledRows(source, 3))
        {
            Pass(shuffled, new Pcg64(1));
            Assert.Equal((1, 1), (source.Opened, source.Closed));
            shuffled.Begin(new Pcg64(1));
            shuffled.Begin(new Pcg64(1));
            Assert.Equal((3, 2), (source.Opened, source.Closed));
        }

        Assert.Equal((3, 3), (source.Opened, source.Closed));
    }

    [Fact]
    public void Values_that_are_no_numbers_are_refused_with_row_and_column()
    {
        Refuses("Source 'made', row 3, feature 2: found NaN, expected a finite number.", new(4, (i, row) => row.Features[1] = i == 2 ? double.NaN : 0, features: 2));
        Refuses("Source 'made', row 4, target 1: found -Infinity, expected a finite number.", new(4, (i, row) => row.Targets[0] = i == 3 ? double.NegativeInfinity : 0));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void A_label_outside_the_classes_is_refused(int label) => Refuses(
        $"Source 'made', row 2: found label {label}, expected one from 0 to 2.",
        new(4, (i, row) => row.Label = i == 1 ? label : 0, classes: 3, targets: 0));

    [Theory]
    [InlineData(-1.5, "-1.5")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NaN, "NaN")]
    public void A_weight_that_is_negative_or_no_number_is_refused(double weight, string written) => Refuses(
        $"Source 'made', row 1: found weight {written}, expected a finite number of at least 0.",
        new(4, (_, row) => row.Weight = weight));

    [Fact]
    public void A_source_that_gives_another_number_of_rows_than_it_says_is_refused()
    {
        Refuses("Source 'made' ended after 3 rows, expected 4.", new(4, given: 3));
        Refuses("Source 'made' ended after 0 rows, expected 1,000.", new(1000, given: 0));
        Refuses("Source 'made' goes on after 4 rows, expected the end.", new(4, given: 5));
        Refuses("Source 'made' goes on after 1 row, expected the end.", new(1, given: 2));
    }

    [Fact]
    public void A_source_without_a_shape_is_refused()
    {
        Refuses("Source 'made' has 0 rows, expected at least one.", new(0));
        Refuses("Source 'made' has 0 features, expected at least one.", new(1, features: 0));
        Refuses("Source 'made' has 0 classes and 0 targets, expected one or more of either and none of the other.", new(1, targets: 0));
        Refuses("Source 'made' has 2 classes and 1 targets, expected one or more of either and none of the other.", new(1, classes: 2));
    }

    [Fact]
    public void Skipping_more_than_there_is_is_refused()
    {
        using var shuffled = new ShuffledRows(new MadeSource(5), 3);
        shuffled.Begin(new Pcg64(1));

        var thrown = Assert.Throws<SteepestException>(() => shuffled.Skip(6));
        Assert.Equal("Source 'made' has 5 rows left in this pass, expected 6 to skip.", thrown.Message);
    }

    [Fact]
    public void Asking_before_a_pass_begins_is_a_mistake_of_the_program()
    {
        using var shuffled = new ShuffledRows(new MadeSource(5), 3);
        Assert.Throws<InvalidOperationException>(() => shuffled.Next(out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShuffledRows(new MadeSource(5), -1));
    }

    private static int[] Pass(ShuffledRows shuffled, Pcg64 generator)
    {
        shuffled.Begin(generator);
        return Rest(shuffled);
    }

    private static int[] Rest(ShuffledRows shuffled)
    {
        var order = new List<int>();
        while (shuffled.Next(out var row))
            order.Add((int)row.Features[0]);
        return [.. order];
    }

    // At every size of buffer: within it, at its edge, and beyond.
    private static void Refuses(string expected, MadeSource source)
    {
        foreach (var buffer in (int[])[0, 2, 4, 100])
        {
            var thrown = Assert.Throws<SteepestException>(() =>
            {
                using var shuffled = new ShuffledRows(source, buffer);
                Pass(shuffled, new Pcg64(1));
            });
            Assert.Equal(expected, thrown.Message);
        }
    }
}
