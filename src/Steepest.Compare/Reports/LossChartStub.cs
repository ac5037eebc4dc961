#pragma warning disable CS1591, CA1822
namespace Steepest.Compare.Reports;
public sealed record LossCurve(string Label, string Detail, IReadOnlyList<double> Loss, int Place, int? ReachedAt = null, int? DivergedAt = null);
public sealed record LossChart(string Title, string Subtitle, IReadOnlyList<LossCurve> Curves, double? Target, string Note)
{
    public byte[] ToPng(int width = 1280, int height = 720) => [];
    public string ToSvg(int width = 1280, int height = 720) => "";
}
