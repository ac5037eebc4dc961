using System.Security.Cryptography;
using System.Text;

namespace Steepest.Compare;

/// <summary>A name for an experiment that nobody named.</summary>
public static class ExperimentName
{
    /// <summary>
    /// The tasks' names and six digits of a hash of all but the repeats: whoever asks for more of them takes another look at the same experiment. With another contender it is
    /// another, which finds the trials of the first in the store all the same.
    /// </summary>
    /// <param name="experiment">The experiment.</param>
    public static string Of(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        var fixedPart = $"{experiment.Tasks} {experiment.Contenders} {experiment.Tries} {experiment.Confirmed} {experiment.Confirmations} {experiment.Seed}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(fixedPart)))[..6];
        var tasks = experiment.Tasks.Count <= 2 ? string.Join('-', experiment.Tasks.Select(task => task.Name)) : $"{experiment.Tasks.Count}-tasks";
        return $"{tasks}-{hash}";
    }
}
