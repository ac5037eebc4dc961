using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Steepest.Lab.Serving;

/// <summary>The files of the page, which the assembly carries. They are found by their names alone: no file of the machine is ever looked for.</summary>
internal static class Page
{
    private const string Prefix = "page";

    private static readonly FrozenDictionary<string, PageFile> Files = Load();

    /// <summary>Answers with the file of an address; 404 where there is none.</summary>
    /// <param name="context">The request.</param>
    public static Task Answer(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (!Files.TryGetValue(path == "/" ? "/index.html" : path, out var file)) return Refusal.Write(context, StatusCodes.Status404NotFound, "The lab has nothing at this address.");
        return file.Answer(context);
    }

    /// <summary>What a first visit transfers, in bytes as they are sent.</summary>
    internal static long Weight(bool compressed) => Files.Values.Where(file => file.IsOfPage).Sum(file => compressed ? file.Compressed.Length : (long)file.Bytes.Length);

    private static FrozenDictionary<string, PageFile> Load()
    {
        var assembly = typeof(Page).Assembly;
        var files = new Dictionary<string, PageFile>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            files[name[Prefix.Length..]] = new PageFile(Path.GetExtension(name), bytes);
        }

        return files.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private sealed class PageFile(string extension, byte[] bytes)
    {
        private readonly string tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"";

        public byte[] Bytes => bytes;

        public bool IsOfPage => extension != ".txt";

        public byte[] Compressed { get; } = Compress(bytes);

        public async Task Answer(HttpContext context)
        {
            var (request, response) = (context.Request, context.Response);
            response.Headers.ETag = tag;
            response.Headers.CacheControl = "no-cache"; // Asked for anew, and answered with the tag alone unless the program is another.
            response.Headers.Vary = HeaderNames.AcceptEncoding;
            if (request.Headers.IfNoneMatch == tag)
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            response.ContentType = extension switch
            {
                ".html" => "text/html; charset=utf-8",
                ".js" => "text/javascript; charset=utf-8",
                ".css" => "text/css; charset=utf-8",
                ".svg" => "image/svg+xml",
                _ => "text/plain; charset=utf-8",
            };
            var isCompressed = request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
            if (isCompressed) response.Headers.ContentEncoding = "gzip";
            var body = isCompressed ? Compressed : bytes;
            response.ContentLength = body.Length;
            if (!HttpMethods.IsHead(request.Method)) await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }

        private static byte[] Compress(byte[] bytes)
        {
            using var memory = new MemoryStream();
            using (var gzip = new GZipStream(memory, CompressionLevel.SmallestSize)) gzip.Write(bytes);
            return memory.ToArray();
        }
    }
}
