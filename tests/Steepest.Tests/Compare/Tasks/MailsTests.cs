using Steepest.Compare;

namespace Steepest.Tests.Compare.Tasks;

public sealed class MailsTests
{
    private static readonly Dataset Mails = TaskData.Find("Mails").Load();

    [Fact]
    public void They_are_6_046_of_which_1_896_are_spam()
    {
        var listed = TaskData.Find("mails");
        Assert.Equal((listed.Rows, listed.FeatureCount, listed.Classes), (Mails.Rows, Mails.FeatureCount, Mails.Classes));
        Assert.Equal([4150, 1896], Mails.ClassCounts());
        Assert.Equal(["wanted", "spam"], Mails.ClassNames);
        Assert.Same(Mails, listed.Load());
    }

    [Fact]
    public void A_feature_is_the_logarithm_of_one_more_than_its_count()
    {
        // The first mail has the fifth of its words, by place, once, and the 556th twice.
        Assert.Equal((0.0, (double)(float)Math.Log(2), (double)(float)Math.Log(3)), (Mails[0, 0], Mails[0, 1], Mails[0, 555]));
        Assert.Equal(["ability", "able", "about"], Mails.FeatureNames.Take(3));
    }

    [Fact]
    public void Every_word_is_in_at_least_30_mails_and_at_most_3_000()
    {
        var mails = new int[Mails.FeatureCount];
        var row = new float[Mails.FeatureCount];
        for (var i = 0; i < Mails.Rows; i++)
        {
            Mails.CopyRow(i, row.AsSpan());
            for (var word = 0; word < row.Length; word++) mails[word] += row[word] > 0 ? 1 : 0;
        }

        Assert.InRange(mails.Min(), 30, 3000);
        Assert.InRange(mails.Max(), 30, 3000);
        Assert.Equal(0.025, mails.Sum(count => (double)count) / ((double)Mails.Rows * Mails.FeatureCount), 0.0005);
    }
}
