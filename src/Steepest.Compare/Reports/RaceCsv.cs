using System.Globalization;

namespace Steepest.Compare.Reports;

/// <summary>The loss curves of a race as CSV: a row for each epoch of each run.</summary>
public static class RaceCsv
{
    /// <summary>Writes a header and the rows: optimizer, learning_rate, epochs (of the run), epoch (from 0), loss (before that epoch's update).</summary>
    /// <param name="race">A race, finished or not.</param>
    /// <param name="writer">Receives the lines.</param>
    public static void Write(RaceResult race, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(race);
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write("optimizer,learning_rate,epochs,epoch,loss\n");
        foreach (var run in race.Runs)
        {
            // Quoted, for a contender's name may hold commas; the number of epochs tells two runs of one setting apart.
            var start = $"\"{run.Spec.Contender.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{Words.Number(run.Spec.LearningRate)},{run.Epochs.ToString(CultureInfo.InvariantCulture)},";
            for (var epoch = 0; epoch < run.Loss.Count; epoch++)
            {
                writer.Write(start);
                writer.Write(epoch.ToString(CultureInfo.InvariantCulture));
                writer.Write(',');
                writer.Write(Words.Number(run.Loss[epoch]));
                writer.Write('\n');
            }
        }
    }
}
