namespace Steepest.Tests;

public sealed class ValueListTests
{
    [Fact]
    public void Lists_of_equal_items_in_the_same_order_are_equal()
    {
        ValueList<int> list = [1, 2, 3];
        Assert.True(list.Equals((ValueList<int>)[1, 2, 3]));
        Assert.Equal(list.GetHashCode(), ((ValueList<int>)[1, 2, 3]).GetHashCode());
        Assert.False(list.Equals((ValueList<int>)[1, 3, 2]));
        Assert.False(list.Equals((ValueList<int>)[1, 2]));
        Assert.False(list.Equals("[1, 2, 3]"));
        Assert.False(list.Equals(null));
    }

    [Fact]
    public void A_list_keeps_its_own_copy()
    {
        int[] items = [1, 2];
        var list = ValueList.Create<int>(items);
        items[0] = 9;

        Assert.Equal([1, 2], list.ToArray());
        Assert.Equal((2, 2), (list.Count, list[1]));
        Assert.Equal("[1, 2]", list.ToString());
    }
}
