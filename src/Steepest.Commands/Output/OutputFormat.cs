namespace Steepest.Commands;

/// <summary>How results are written to standard output.</summary>
internal enum OutputFormat
{
    /// <summary>Sentences and tables for a terminal.</summary>
    Table,

    /// <summary>The same as Markdown, for a pull request.</summary>
    Markdown,

    /// <summary>One JSON document and nothing else.</summary>
    Json,
}
