using System.Net;
using System.Net.Http.Headers;
using System.Net.NetworkInformation;

namespace Steepest.Lab.Tests;

/// <summary>What the lab refuses, and what it answers with.</summary>
public sealed class SafetyTests(LabFixture lab) : IClassFixture<LabFixture>
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public void It_listens_to_this_machine_alone()
    {
        var ours = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == lab.Address.Port).ToArray();

        Assert.Equal("127.0.0.1", lab.Address.Host);
        Assert.All(ours, listener => Assert.True(IPAddress.IsLoopback(listener.Address)));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("127.0.0.1:1")]
    public async Task A_foreign_host_is_refused(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = host;
        using var response = await lab.Client.SendAsync(request, cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("127.0.0.1 and localhost alone", await LabFixture.Sentence(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "https://127.0.0.1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_page_of_another_site_is_refused(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/catalog");
        request.Headers.Add(header, value);
        using var response = await lab.Client.SendAsync(request, cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Its_own_page_is_let_in()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/catalog");
        request.Headers.Add("Origin", $"http://localhost:{lab.Address.Port}");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var response = await lab.Client.SendAsync(request, cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Nothing_inline_and_nothing_foreign_may_run()
    {
        using var response = await lab.Client.GetAsync("/", cancellation);
        var policy = string.Join(' ', response.Headers.GetValues("Content-Security-Policy"));
        var page = await response.Content.ReadAsStringAsync(cancellation);

        Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", string.Join(' ', response.Headers.GetValues("X-Content-Type-Options")));
        Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]* src=)", page);
        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/../LabServer.cs")]
    [InlineData("/..%2f..%2fetc%2fpasswd")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/lib/..%5c..%5cwindows")]
    [InlineData("//etc/passwd")]
    [InlineData("/index.html%00.js")]
    public async Task An_address_is_no_path(string path)
    {
        using var response = await lab.Client.GetAsync(new Uri($"http://127.0.0.1:{lab.Address.Port}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }), cancellation);

        Assert.Contains(response.StatusCode, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.BadRequest]);
    }

    [Fact]
    public async Task More_than_a_race_needs_is_not_read()
    {
        using var response = await lab.Post("/api/check", new string(' ', 70_000), cancellation: cancellation);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("65,536 bytes", await LabFixture.Sentence(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "The race is not JSON")]
    [InlineData("{\"data\":", "The race is not JSON")]
    [InlineData("[]", "$ is a list, but a race such as")]
    [InlineData("{\"data\":\"iris\"}", "$ has no epochs")]
    [InlineData("{\"data\":\"../../etc/passwd\",\"epochs\":1,\"reach\":1,\"contenders\":[{\"name\":\"adam\"}]}", "$.data: There is no data set '../../etc/passwd'")]
    [InlineData("{\"data\":\"iris\",\"epochs\":1e9,\"reach\":1,\"contenders\":[{\"name\":\"adam\"}]}", "a whole number from 1 to 100,000 was expected")]
    [InlineData("{\"data\":\"iris\",\"epochs\":1,\"reach\":-1,\"contenders\":[{\"name\":\"adam\"}]}", "a finite loss above 0 was expected")]
    [InlineData("{\"data\":\"iris\",\"epochs\":1,\"reach\":1,\"contenders\":[{\"name\":\"adma\"}]}", "$.contenders[0].name: There is no optimizer 'adma'")]
    [InlineData("{\"data\":\"iris\",\"epochs\":1,\"reach\":1,\"contenders\":[{\"name\":\"adam\",\"beta1\":2}]}", "$.contenders[0].beta1: The beta1 of adam is 2, but it must lie in [0, 1).")]
    [InlineData("{\"data\":\"iris\",\"epochs\":1,\"reach\":1,\"contenders\":[{\"name\":\"adam\"},{\"name\":\"adam\"}]}", "is there twice")]
    [InlineData("{\"data\":\"iris\",\"epochs\":1,\"reach\":1,\"contenders\":[{\"name\":\"l-bfgs\"}],\"batch-size\":8}", "needs all rows at every step")]
    public async Task What_is_no_race_gets_the_sentence_of_the_library(string body, string sentence)
    {
        using var response = await lab.Post("/api/check", body, cancellation: cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(sentence, await LabFixture.Sentence(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_another_site_cannot_pass_for_a_race()
    {
        using var content = new StringContent(LabFixture.Article);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        using var response = await lab.Client.PostAsync("/api/race", content, cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_tab_needs_a_name()
    {
        using var response = await lab.Post("/api/race", LabFixture.Article, tab: "../x", cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_taken_port_is_told_in_a_sentence()
    {
        var refused = await Assert.ThrowsAsync<SteepestException>(() => LabServer.Start(lab.Address.Port, Optimizers.All, null));

        Assert.Contains($"The port {lab.Address.Port} cannot be had", refused.Message, StringComparison.Ordinal);
    }
}
