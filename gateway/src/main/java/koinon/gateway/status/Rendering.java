package koinon.gateway.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.document.EventJson;
import koinon.http.condition.RequestConditions;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// Rendered bytes, and a strong ETag that follows from them.
public final class Rendering {

    /// The request headers on which an answer depends that shows each caller what that caller may see.
    private static final List<String> CALLER = List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.COOKIE, "Koinon-Mandate");

    private final byte[] bytes;
    private final String etag;

    private Rendering(byte[] bytes, String etag) {
        this.bytes = bytes;
        this.etag = etag;
    }

    public static Rendering of(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            String text = new String(Base64.getUrlEncoder().withoutPadding().encode(hash), UTF_8);
            return new Rendering(bytes, '"' + text.substring(0, 22) + '"');
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A value as JSON.
    public static Rendering json(Object value) {
        return of(EventJson.mapper().writeValueAsBytes(value));
    }

    /// The bytes; callers must not change them.
    public byte[] bytes() {
        return bytes;
    }

    /// A strong ETag, with its quotes.
    public String etag() {
        return etag;
    }

    /// What is to be answered under these conditions; the ETag of the compressed form is as good.
    public RequestConditions.Outcome outcome(RequestConditions conditions) {
        return conditions.outcome(etag, zipped(etag));
    }

    private static String zipped(String etag) {
        return etag.substring(0, etag.length() - 1) + "-gz\"";
    }

    /// @throws RequestRejected.Stale when the caller wants another one
    public ResponseEntity<byte[]> answer(RequestConditions conditions) {
        return answer(MediaType.APPLICATION_JSON, etag, () -> bytes, conditions, headers(List.of()));
    }

    /// The same for a large answer: compressed for those who take it, with an ETag of its own. The server does not
    /// compress by itself, because it would have to weaken the ETag.
    ///
    /// @param encodings the value of `Accept-Encoding`
    public ResponseEntity<byte[]> answer(RequestConditions conditions, @Nullable String encodings) {
        return answer(MediaType.APPLICATION_JSON, conditions, encodings, new HttpHeaders());
    }

    /// @param more more headers of the answer; with a `Vary` if it depends on more than the caller and the encoding
    public ResponseEntity<byte[]> answer(
            MediaType type, RequestConditions conditions, @Nullable String encodings, HttpHeaders more) {
        List<String> vary = new ArrayList<>(more.getVary());
        vary.add(HttpHeaders.ACCEPT_ENCODING);
        HttpHeaders headers = headers(vary);
        more.forEach((name, values) -> {
            if (!name.equalsIgnoreCase(HttpHeaders.VARY)) headers.addAll(name, values);
        });
        if (!takesGzip(encodings)) return answer(type, etag, () -> bytes, conditions, headers);
        headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
        return answer(type, zipped(etag), this::gzip, conditions, headers);
    }

    private static HttpHeaders headers(List<String> vary) {
        var headers = new HttpHeaders();
        headers.setVary(Stream.concat(CALLER.stream(), vary.stream()).toList());
        headers.setCacheControl(CacheControl.noCache().cachePrivate());
        return headers;
    }

    private ResponseEntity<byte[]> answer(
            MediaType type, String tag, Supplier<byte[]> body, RequestConditions conditions, HttpHeaders headers) {
        RequestConditions.Outcome outcome = outcome(conditions);
        if (outcome == RequestConditions.Outcome.STALE) throw new RequestRejected.Stale();
        boolean same = outcome == RequestConditions.Outcome.UNCHANGED;
        var answer = ResponseEntity.status(same ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .headers(headers)
                .eTag(tag);
        return same ? answer.build() : answer.contentType(type).body(body.get());
    }

    private static boolean takesGzip(@Nullable String encodings) {
        return encodings != null
                && Stream.of(encodings.toLowerCase(Locale.ROOT).split(",", -1))
                        .map(String::strip)
                        .anyMatch(it -> it.matches("gzip( *; *q *= *(1([.]0*)?|0[.]0*[1-9][0-9]*))?"));
    }

    private byte[] gzip() {
        var to = new ByteArrayOutputStream(bytes.length / 4 + 100);
        try (var zip = new GZIPOutputStream(to)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return to.toByteArray();
    }
}
