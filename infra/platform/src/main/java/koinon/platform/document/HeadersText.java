package koinon.platform.document;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.data.convert.PropertyValueConverter;
import org.springframework.data.mongodb.core.convert.MongoConversionContext;
import tools.jackson.core.type.TypeReference;

/// The headers of an outbox entry as one JSON text. They are written and taken out again with every command; as a
/// document of a dozen fields they cost a third of that.
final class HeadersText implements PropertyValueConverter<Map<String, String>, Object, MongoConversionContext> {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    @Override
    public Object write(@Nullable Map<String, String> headers, MongoConversionContext context) {
        return EventJson.mapper().writeValueAsString(headers);
    }

    /// In older documents they are fields.
    @Override
    public Map<String, String> read(@Nullable Object stored, MongoConversionContext context) {
        Map<String, String> headers = new TreeMap<>();
        if (stored instanceof Map<?, ?> fields)
            fields.forEach((name, value) -> headers.put(name.toString(), value.toString()));
        else headers.putAll(EventJson.mapper().readValue(String.valueOf(stored), HEADERS));
        return headers;
    }
}
