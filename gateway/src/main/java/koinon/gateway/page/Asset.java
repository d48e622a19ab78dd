package koinon.gateway.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// A file that browsers load, ready to send.
///
/// @param bytes as it is
/// @param gzipped compressed; the same array as `bytes` where compression does not help
@SuppressWarnings("ArrayRecordComponent") // Assets are never compared.
record Asset(String type, byte[] bytes, byte[] gzipped) {

    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "html", "text/html;charset=utf-8",
            "woff2", "font/woff2");

    /// @param name its end decides the content type
    /// @throws IllegalArgumentException where files of this kind are not served
    static Asset of(String name, byte[] bytes) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) throw new IllegalArgumentException("No content type is known for " + name);
        byte[] smaller = type.startsWith("font/") ? bytes : gzip(bytes);
        return new Asset(type, bytes, smaller.length < bytes.length ? smaller : bytes);
    }

    boolean isCompressed() {
        return gzipped.length < bytes.length;
    }

    String text() {
        return new String(bytes, UTF_8);
    }

    private static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new BestGzip(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static final class BestGzip extends GZIPOutputStream {

        BestGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(9);
        }
    }
}
