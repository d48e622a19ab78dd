package koinon.http.web;

import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import koinon.http.body.RequestBodyFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A digest of the content of a request, independent of its formatting.
///
/// It covers method, path, query, mandate, media type and body. JSON is compared as a tree: names in any order,
/// numbers by value, texts in Unicode normal form C. Any other body is compared by its bytes.
final class RequestDigest {

    private final JsonMapper json;

    /// @param json refuses a name that comes twice
    RequestDigest(JsonMapper json) {
        this.json = json;
    }

    String of(HttpServletRequest request) {
        var text = new StringBuilder();
        add(text, request.getMethod());
        add(text, path(request));
        new TreeMap<>(request.getParameterMap()).forEach((name, values) -> {
            add(text, name);
            for (String it : values) add(text, it);
        });
        add(text, request.getHeader("Koinon-Mandate"));
        byte[] body = RequestBodyFilter.of(request);
        var type = body.length == 0 ? null : type(request);
        add(text, type);
        var tree = MediaType.APPLICATION_JSON_VALUE.equals(type) ? tree(body) : null;
        if (tree != null) add(text, tree);
        var digest = sha256();
        digest.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest(tree == null ? body : new byte[0]));
    }

    /// The path of a request, decoded.
    static String path(HttpServletRequest request) {
        return UriUtils.decode(request.getRequestURI(), StandardCharsets.UTF_8);
    }

    private static @Nullable String type(HttpServletRequest request) {
        var type = request.getContentType();
        if (type == null) return null;
        var parsed = MediaType.parseMediaType(type);
        return parsed.getType() + "/" + parsed.getSubtype();
    }

    /// Absent if the body is not JSON; its reader refuses it.
    private @Nullable JsonNode tree(byte[] body) {
        try {
            return json.readTree(body);
        } catch (JacksonException _) {
            return null;
        }
    }

    private static void add(StringBuilder text, JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, JsonNode> properties = new TreeMap<>();
                node.properties().forEach(it -> properties.put(it.getKey(), it.getValue()));
                text.append('{');
                properties.forEach((name, value) -> {
                    add(text, name);
                    add(text, value);
                });
                text.append('}');
            }
            case ARRAY -> {
                text.append('[');
                node.forEach(it -> add(text, it));
                text.append(']');
            }
            case STRING -> add(text, Normalizer.normalize(node.stringValue(), Normalizer.Form.NFC));
            case NUMBER -> {
                BigDecimal number = node.decimalValue().stripTrailingZeros();
                text.append('#').append(number.unscaledValue()).append('e').append(-number.scale());
            }
            case BOOLEAN, NULL, MISSING, BINARY, POJO ->
                text.append('(').append(node).append(')');
        }
    }

    /// With its length, so that different lists of texts have different digests.
    private static void add(StringBuilder text, @Nullable String part) {
        text.append(part == null ? -1 : part.length()).append(':').append(part == null ? "" : part);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
