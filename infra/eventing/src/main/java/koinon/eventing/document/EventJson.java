package koinon.eventing.document;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import koinon.eventing.action.Need;
import koinon.eventing.action.NextAction;
import koinon.eventing.value.Money;
import koinon.eventing.value.OfKind;
import koinon.eventing.value.Sentence;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.cfg.MutableConfigOverride;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/// How events are written and read as JSON: absent rather than null, exact decimals, unknown fields ignored.
///
/// The mapper of the web refuses what this one ignores, so the domain needs no annotation for either.
public final class EventJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Values())
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .changeDefaultPropertyInclusion(it -> it.withValueInclusion(JsonInclude.Include.NON_NULL))
            // Next actions are in every event, so what is empty is left out.
            .withConfigOverride(NextAction.class, EventJson::withoutEmpty)
            .withConfigOverride(Need.class, EventJson::withoutEmpty)
            .withConfigOverride(Sentence.class, EventJson::withoutEmpty)
            // An event is its components; what else a value can be asked is not published.
            .changeDefaultVisibility(it -> it.withIsGetterVisibility(Visibility.NONE))
            .build();

    private EventJson() {}

    private static void withoutEmpty(MutableConfigOverride it) {
        it.setInclude(JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS));
    }

    /// The one mapper for events, used by the outbox and by consumers.
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /// How the values of the domain are written, in events and in answers alike.
    public static JacksonModule values() {
        return new Values();
    }

    /// Money as `{"amount": "85000.00", "currency": "EUR"}`; the amount is text, so no reader makes a float of it.
    /// What is [OfKind] with its kind.
    private static final class Values extends SimpleModule {

        Values() {
            super("values");
            addSerializer(Money.class, new MoneySerializer());
            addDeserializer(Money.class, new MoneyDeserializer());
        }

        @Override
        public void setupModule(SetupContext context) {
            super.setupModule(context);
            context.insertAnnotationIntrospector(new Kinds());
        }
    }

    /// Says of what is [OfKind] what annotations would say.
    private static final class Kinds extends NopAnnotationIntrospector {

        @Override
        public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated type) {
            return type instanceof AnnotatedClass && isOfKind(type.getRawType())
                    ? JsonTypeInfo.Value.construct(
                            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, OfKind.KIND, null, false, null)
                    : null;
        }

        @Override
        public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated type) {
            if (!(type instanceof AnnotatedClass)
                    || !isOfKind(type.getRawType())
                    || !type.getRawType().isSealed()) return null;
            return OfKind.kinds(type.getRawType()).entrySet().stream()
                    .map(it -> new NamedType(it.getValue(), it.getKey()))
                    .toList();
        }

        @Override
        public @Nullable String findTypeName(MapperConfig<?> config, AnnotatedClass type) {
            return isOfKind(type.getRawType()) ? OfKind.kind(type.getRawType()) : null;
        }

        @Override
        public JsonFormat.@Nullable Value findFormat(MapperConfig<?> config, Annotated member) {
            return member instanceof AnnotatedMember it
                            && it.getRawType() == BigDecimal.class
                            && isOfKind(it.getDeclaringClass())
                    ? JsonFormat.Value.forShape(JsonFormat.Shape.STRING)
                    : null;
        }

        private static boolean isOfKind(Class<?> type) {
            return OfKind.class.isAssignableFrom(type);
        }
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

        private static final Pattern AMOUNT = Pattern.compile(Money.PATTERN);

        MoneyDeserializer() {
            super(Money.class);
        }

        @Override
        public Money deserialize(JsonParser json, DeserializationContext context) {
            if (!json.hasToken(JsonToken.START_OBJECT)) return refuse(context, "an object with amount and currency");
            Written written = context.readValue(json, Written.class);
            if (written.amount() == null || written.currency() == null)
                return refuse(context, "both amount and currency");
            if (!AMOUNT.matcher(written.amount()).matches()) return refuse(context, "an amount such as \"85000.00\"");
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
