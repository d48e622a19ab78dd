package koinon.platform.document;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import koinon.platform.model.Money;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/// How events are written and read as JSON: absent rather than null, exact decimals, unknown fields ignored.
///
/// The mapper of the web refuses what this one ignores, so the domain needs no annotation for either.
public final class EventJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(money())
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .changeDefaultPropertyInclusion(it -> it.withValueInclusion(JsonInclude.Include.NON_NULL))
            // An event is its components; what else a value can be asked is not published.
            .changeDefaultVisibility(it -> it.withIsGetterVisibility(Visibility.NONE))
            .build();

    private EventJson() {}

    /// The one mapper for events, for the outbox and for whoever hears them.
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /// Money as `{"amount": "85000.00", "currency": "EUR"}`; the amount is text, so no reader makes a float of it.
    public static JacksonModule money() {
        return new SimpleModule("money")
                .addSerializer(Money.class, new MoneySerializer())
                .addDeserializer(Money.class, new MoneyDeserializer());
    }

    private record Written(String amount, String currency) {}

    private static final class MoneySerializer extends StdSerializer<Money> {

        MoneySerializer() {
            super(Money.class);
        }

        @Override
        public void serialize(Money value, JsonGenerator json, SerializationContext context) {
            json.writeStartObject(value);
            json.writeStringProperty("amount", value.amount().toPlainString());
            json.writeStringProperty("currency", value.currency());
            json.writeEndObject();
        }
    }

    private static final class MoneyDeserializer extends StdDeserializer<Money> {

        MoneyDeserializer() {
            super(Money.class);
        }

        @Override
        public Money deserialize(JsonParser json, DeserializationContext context) {
            if (!json.hasToken(JsonToken.START_OBJECT)) return refuse(context, "an object with amount and currency");
            Written written = context.readValue(json, Written.class);
            if (written.amount() == null || written.currency() == null)
                return refuse(context, "both amount and currency");
            if (!written.amount().matches(Money.PATTERN)) return refuse(context, "an amount such as \"85000.00\"");
            try {
                return new Money(new BigDecimal(written.amount()), written.currency());
            } catch (IllegalArgumentException e) {
                return refuse(context, "valid: " + e.getMessage());
            }
        }

        private Money refuse(DeserializationContext context, String expected) {
            return context.reportInputMismatch(this, "Money must be %s", expected);
        }
    }
}
