using Microsoft.AspNetCore.Http;

namespace Steepest.Lab.Serving;

/// <summary>What is refused is refused in one sentence, which the page shows as it is.</summary>
internal static class Refusal
{
    /// <summary>Answers <c>{"error": sentence}</c>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="sentence">What was found and what was expected.</param>
    public static Task Write(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = sentence }, context.RequestAborted);
    }
}
