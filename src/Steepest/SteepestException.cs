namespace Steepest;

/// <summary>
/// Something a person gave cannot be used: a setting, a description or a file. The message is one sentence that names the place, what was
/// found there and what was expected; the command prints it as it stands and exits with 2.
/// </summary>
public sealed class SteepestException : Exception
{
    /// <summary>Makes an exception without a message of its own.</summary>
    public SteepestException()
    {
    }

    /// <summary>Makes an exception that says <paramref name="message"/>.</summary>
    /// <param name="message">One sentence: where, what was found, what was expected.</param>
    public SteepestException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception that says <paramref name="message"/> and keeps what caused it.</summary>
    /// <param name="message">One sentence: where, what was found, what was expected.</param>
    /// <param name="innerException">What went wrong underneath.</param>
    public SteepestException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
