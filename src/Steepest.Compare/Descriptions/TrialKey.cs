using System.Security.Cryptography;
using System.Text;

namespace Steepest.Compare.Descriptions;

/// <summary>The key under which a trial's result is remembered.</summary>
public static class TrialKey
{
    /// <summary>SHA-256 of <see cref="TrialJson"/>, as 64 lower-case hexadecimal digits.</summary>
    /// <param name="trial">The trial.</param>
    /// <exception cref="SteepestException">The trial has no JSON.</exception>
    public static string Of(TrialSpec trial) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(TrialJson.Write(trial))));
}
