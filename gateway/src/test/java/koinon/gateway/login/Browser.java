package koinon.gateway.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import koinon.testing.contract.Contracts;
import tools.jackson.databind.JsonNode;

/// What a browser does with cookies and redirects, seen from a page of one gateway.
final class Browser {

    static final String SESSION = "__Host-koinon";
    static final String LOGIN = "__Host-koinon-login";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final Map<String, String> cookies = new TreeMap<>();
    private final String here;

    Browser(int port) {
        here = "http://127.0.0.1:" + port;
    }

    /// The same browser at another copy of the gateway: cookies do not distinguish ports.
    Browser at(int port) {
        var same = new Browser(port);
        same.cookies.putAll(cookies);
        return same;
    }

    /// A whole login.
    ///
    /// @return where it led
    String login(String then) {
        return finish(provider(then));
    }

    /// Begins a login.
    ///
    /// @return the address to which the provider sends the browser back
    String provider(String then) {
        HttpResponse<String> begun = get("/login?then=" + URLEncoder.encode(then, UTF_8));
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(302);
        return location(to(URI.create(location(begun))));
    }

    /// Ends a login.
    String finish(String callback) {
        HttpResponse<String> ended = callback(callback);
        assertThat(ended.statusCode()).as(ended.body()).isEqualTo(302);
        return location(ended);
    }

    HttpResponse<String> callback(String address) {
        URI uri = URI.create(address);
        return get(uri.getRawPath() + "?" + uri.getRawQuery());
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, headers);
    }

    JsonNode me() {
        return Contracts.parse(get("/api/v1/me").body());
    }

    /// A command of our page.
    HttpResponse<String> command(String method, String path) {
        return send(method, path, "X-CSRF-TOKEN", me().path("csrf").asString(""), "Sec-Fetch-Site", "same-origin");
    }

    HttpResponse<String> send(String method, String path, String... headers) {
        HttpResponse<String> answer = exchange(request(method, path, headers), BodyHandlers.ofString());
        answer.headers().allValues("Set-Cookie").forEach(this::keep);
        return answer;
    }

    HttpResponse<InputStream> stream(String path) {
        return exchange(request("GET", path), BodyHandlers.ofInputStream());
    }

    private HttpRequest request(String method, String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(here + path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) request.headers(headers);
        if (!cookies.isEmpty())
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(it -> it.getKey() + "=" + it.getValue())
                            .collect(Collectors.joining("; ")));
        return request.build();
    }

    private void keep(String cookie) {
        String[] pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
        if (cookie.contains("Max-Age=0")) cookies.remove(pair[0]);
        else cookies.put(pair[0], pair[1]);
    }

    private static HttpResponse<String> to(URI uri) {
        return exchange(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return HTTP.send(request, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
