package koinon.http.web;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.time.temporal.ValueRange;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import koinon.eventing.document.EventJson;
import koinon.eventing.value.Money;
import koinon.eventing.value.Sentence;
import koinon.eventing.value.Texts;
import koinon.http.constraint.Formats;
import koinon.http.constraint.MultiLine;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;

/// Reads scalars of a command without coercion: a text must be a string, a number a number. White space around a
/// text is removed.
final class StrictScalarsModule {

    /// Larger numbers, such as 1e999999999, would fill the memory in their plain form.
    private static final int MOST_DIGITS = 30;

    /// Dates of projects lie within these years, and databases cannot store much later ones.
    private static final ValueRange YEARS = ValueRange.of(1900, 2999);

    private static final Pattern DECIMAL = Pattern.compile(Formats.DECIMAL);
    private static final Pattern DAY = Pattern.compile(Formats.DAY);
    private static final Pattern LOCAL_TIME = Pattern.compile(Formats.LOCAL_TIME);

    private StrictScalarsModule() {}

    static JacksonModule module() {
        return new SimpleModule("strict")
                .addDeserializer(String.class, new Strict<>(String.class, null, StrictScalarsModule::line))
                .addKeyDeserializer(String.class, new Names())
                .addDeserializer(BigDecimal.class, new Strict<>(BigDecimal.class, null, StrictScalarsModule::decimal))
                .addDeserializer(Integer.class, new Strict<>(Integer.class, null, StrictScalarsModule::integer))
                .addDeserializer(int.class, new Strict<>(int.class, 0, StrictScalarsModule::integer))
                .addDeserializer(Long.class, new Strict<>(Long.class, null, StrictScalarsModule::whole))
                .addDeserializer(long.class, new Strict<>(long.class, 0L, StrictScalarsModule::whole))
                .addDeserializer(Boolean.class, new Strict<>(Boolean.class, null, StrictScalarsModule::truth))
                .addDeserializer(boolean.class, new Strict<>(boolean.class, false, StrictScalarsModule::truth))
                .addDeserializer(LocalDate.class, new Strict<>(LocalDate.class, null, StrictScalarsModule::day))
                .addDeserializer(
                        LocalDateTime.class, new Strict<>(LocalDateTime.class, null, StrictScalarsModule::localTime))
                .addDeserializer(Money.class, new Strict<>(Money.class, null, StrictScalarsModule::money));
    }

    /// Writes values. Reading Money is stricter here than in an event.
    static JacksonModule written() {
        return EventJson.values();
    }

    /// Describes the expected form of a value of this type; of none, that it cannot be read.
    static Sentence expected(@Nullable Class<?> type) {
        if (type == null) return expected("unreadable", "This value cannot be read.");
        if (type == String.class || type.isEnum()) return expected("text", "A text is expected.");
        if (type == BigDecimal.class) return expected("decimal", "A decimal number is expected.");
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class)
            return expected("whole-number", "A whole number is expected.");
        if (type == boolean.class || type == Boolean.class) return expected("truth", "true or false is expected.");
        if (type == Money.class)
            return expected(
                    "money", "An amount such as {\"amount\": \"85000.00\", \"currency\": \"EUR\"} is expected.");
        if (type == UUID.class) return expected("uuid", "A UUID is expected.");
        if (type == LocalDate.class) return expected("date", "A date such as 2026-04-30 is expected.");
        if (type == LocalDateTime.class)
            return expected("local-time", "A local time such as 2026-04-30T17:00 is expected.");
        if (type == Instant.class || type == OffsetDateTime.class)
            return expected("time", "A time such as 2026-04-30T15:00:00Z is expected.");
        if (ZoneId.class.isAssignableFrom(type))
            return expected("time-zone", "A time zone such as Asia/Bangkok is expected.");
        if (Collection.class.isAssignableFrom(type) || type.isArray()) return expected("list", "A list is expected.");
        if (type.isRecord() || Map.class.isAssignableFrom(type)) return expected("object", "An object is expected.");
        return expected(null);
    }

    private static Sentence expected(String form, String text) {
        return Sentence.of("validation." + form, text);
    }

    private static @Nullable String line(JsonParser json, DeserializationContext context) {
        return text(json, context, false);
    }

    private static @Nullable String lines(JsonParser json, DeserializationContext context) {
        return text(json, context, true);
    }

    private static @Nullable String text(JsonParser json, DeserializationContext context, boolean severalLines) {
        if (!json.hasToken(JsonToken.VALUE_STRING)) return unexpected(json, context, String.class);
        String text = json.getString();
        var flaw = Texts.flaw(text, severalLines);
        if (flaw.isEmpty()) return Texts.normal(text);
        CommandBodyConverter.found(context, CommandBodyConverter.pointer(json), flaw.get());
        return null;
    }

    /// Reads the names of an object whose names are data as it reads other texts of one line.
    private static final class Names extends KeyDeserializer {

        @Override
        public Object deserializeKey(String name, DeserializationContext context) {
            Texts.flaw(name, false)
                    .ifPresent(it ->
                            CommandBodyConverter.found(context, CommandBodyConverter.pointer(context.getParser()), it));
            return Texts.normal(name);
        }
    }

    private static @Nullable BigDecimal decimal(JsonParser json, DeserializationContext context) {
        if (!json.hasToken(JsonToken.VALUE_NUMBER_INT) && !json.hasToken(JsonToken.VALUE_NUMBER_FLOAT))
            return unexpected(json, context, BigDecimal.class);
        var number = json.getDecimalValue();
        if (number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS) return number;
        CommandBodyConverter.found(
                context,
                CommandBodyConverter.pointer(json),
                Sentence.of("validation.digits-of-number", "A number has at most %s digits.", "max", MOST_DIGITS));
        return null;
    }

    /// A decimal that is answered as text may be sent as text too.
    private static @Nullable BigDecimal decimalOrText(JsonParser json, DeserializationContext context) {
        return json.hasToken(JsonToken.VALUE_STRING)
                        && json.getString().length() <= MOST_DIGITS
                        && DECIMAL.matcher(json.getString()).matches()
                ? new BigDecimal(json.getString())
                : decimal(json, context);
    }

    private static @Nullable Integer integer(JsonParser json, DeserializationContext context) {
        var number = number(json, context, int.class, Integer.SIZE);
        return number == null ? null : number.intValue();
    }

    private static @Nullable Long whole(JsonParser json, DeserializationContext context) {
        var number = number(json, context, long.class, Long.SIZE);
        return number == null ? null : number.longValue();
    }

    private static @Nullable BigInteger number(
            JsonParser json, DeserializationContext context, Class<?> type, int bits) {
        if (!json.hasToken(JsonToken.VALUE_NUMBER_INT) && !isWhole(json)) {
            unexpected(json, context, type);
            return null;
        }
        var number = json.hasToken(JsonToken.VALUE_NUMBER_INT)
                ? json.getBigIntegerValue()
                : json.getDecimalValue().toBigIntegerExact();
        if (number.bitLength() < bits) return number;
        CommandBodyConverter.found(
                context,
                CommandBodyConverter.pointer(json),
                Sentence.of("validation.number-too-large", "This number is too large."));
        return null;
    }

    /// Whether it is a whole number that is written with a decimal point or an exponent, such as 1.0.
    private static boolean isWhole(JsonParser json) {
        if (!json.hasToken(JsonToken.VALUE_NUMBER_FLOAT)) return false;
        var number = json.getDecimalValue();
        return number.signum() == 0
                || (Math.abs((long) number.scale()) <= MOST_DIGITS
                        && number.stripTrailingZeros().scale() <= 0);
    }

    private static @Nullable Boolean truth(JsonParser json, DeserializationContext context) {
        if (json.hasToken(JsonToken.VALUE_TRUE)) return true;
        if (json.hasToken(JsonToken.VALUE_FALSE)) return false;
        unexpected(json, context, boolean.class);
        return null;
    }

    private static @Nullable LocalDate day(JsonParser json, DeserializationContext context) {
        return time(json, context, LocalDate.class, DAY, LocalDate::parse);
    }

    private static @Nullable LocalDateTime localTime(JsonParser json, DeserializationContext context) {
        return time(json, context, LocalDateTime.class, LOCAL_TIME, LocalDateTime::parse);
    }

    private static <T extends Temporal> @Nullable T time(
            JsonParser json, DeserializationContext context, Class<T> type, Pattern form, Function<String, T> parsed) {
        if (!json.hasToken(JsonToken.VALUE_STRING)) return unexpected(json, context, type);
        try {
            var text = json.getString().strip();
            var time = parsed.apply(text);
            if (form.matcher(text).matches()) return time;
            if (YEARS.isValidValue(time.get(ChronoField.YEAR))) return unexpected(json, context, type);
            CommandBodyConverter.found(
                    context,
                    CommandBodyConverter.pointer(json),
                    Sentence.of(
                            "validation.year",
                            "A year from %s to %s is expected.",
                            "min",
                            YEARS.getMinimum(),
                            "max",
                            YEARS.getMaximum()));
            return null;
        } catch (DateTimeParseException _) {
            return unexpected(json, context, type);
        }
    }

    /// An amount in a command is never negative: the command defines the direction.
    private static @Nullable Money money(JsonParser json, DeserializationContext context) {
        if (!json.hasToken(JsonToken.START_OBJECT)) return unexpected(json, context, Money.class);
        var at = CommandBodyConverter.pointer(json);
        var before = CommandBodyConverter.count();
        var written = context.readValue(json, Written.class);
        if (CommandBodyConverter.count() > before || written == null) return null;
        var amount = written.amount();
        var currency = written.currency();
        if (amount == null)
            CommandBodyConverter.found(
                    context, at + "/amount", Sentence.of("validation.required", "This is required."));
        else if (!amount.matches(Money.PATTERN))
            CommandBodyConverter.found(
                    context,
                    at + "/amount",
                    Sentence.of("validation.amount", "An amount such as \"85000.00\" is expected."));
        else if (amount.startsWith("-"))
            CommandBodyConverter.found(
                    context, at + "/amount", Sentence.of("validation.amount-negative", "An amount is not negative."));
        if (currency == null)
            CommandBodyConverter.found(
                    context, at + "/currency", Sentence.of("validation.required", "This is required."));
        if (CommandBodyConverter.count() > before || amount == null || currency == null) return null;
        if (!Money.isPayable(currency)) {
            CommandBodyConverter.found(
                    context,
                    at + "/currency",
                    Sentence.of(
                            "validation.currency-code",
                            "A currency of ISO 4217 that people pay in, such as EUR, is expected."));
            return null;
        }
        try {
            Money money = Money.of(amount, currency);
            if (!amount.matches(Money.entryPattern(currency)))
                CommandBodyConverter.found(context, at + "/amount", money.entryBound());
            return money;
        } catch (IllegalArgumentException e) {
            CommandBodyConverter.found(
                    context, at + "/amount", Sentence.of("validation.not-possible", "%s", "reason", e.getMessage()));
            return null;
        }
    }

    private record Written(
            @Nullable String amount, @Nullable String currency) {}

    private static <T> @Nullable T unexpected(JsonParser json, DeserializationContext context, Class<T> type) {
        var at = CommandBodyConverter.pointer(json);
        json.skipChildren();
        CommandBodyConverter.found(context, at, expected(type));
        return null;
    }

    /// A reader of one type. It records a violation and continues with null.
    private static final class Strict<T> extends StdDeserializer<T> {

        private final Class<T> type;
        private final @Nullable T nothing;
        private final transient BiFunction<JsonParser, DeserializationContext, @Nullable T> read;
        private final @Nullable String field;

        Strict(Class<T> type, @Nullable T nothing, BiFunction<JsonParser, DeserializationContext, @Nullable T> read) {
            this(type, nothing, read, null);
        }

        private Strict(
                Class<T> type,
                @Nullable T nothing,
                BiFunction<JsonParser, DeserializationContext, @Nullable T> read,
                @Nullable String field) {
            super(type);
            this.type = type;
            this.nothing = nothing;
            this.read = read;
            this.field = field;
        }

        @Override
        public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
            if (property == null) return this;
            if (type == BigDecimal.class && isText(context, property))
                return new Strict<>(BigDecimal.class, null, StrictScalarsModule::decimalOrText);
            if (type == String.class && property.getAnnotation(MultiLine.class) != null)
                return new Strict<>(String.class, null, StrictScalarsModule::lines);
            return nothing == null ? this : new Strict<>(type, nothing, read, property.getName());
        }

        private static boolean isText(DeserializationContext context, BeanProperty property) {
            return property.findPropertyFormat(context.getConfig(), BigDecimal.class)
                            .getShape()
                    == JsonFormat.Shape.STRING;
        }

        @Override
        public @Nullable T deserialize(JsonParser json, DeserializationContext context) {
            var value = read.apply(json, context);
            return value == null ? nothing : value;
        }

        @Override
        public @Nullable T getNullValue(DeserializationContext context) {
            if (nothing != null)
                CommandBodyConverter.found(context, Sentence.of("validation.required", "This is required."));
            return nothing;
        }

        @Override
        public @Nullable T getAbsentValue(DeserializationContext context) {
            if (nothing != null)
                CommandBodyConverter.found(
                        context,
                        CommandBodyConverter.pointer(context.getParser()) + "/"
                                + CommandBodyConverter.escaped(String.valueOf(field)),
                        Sentence.of("validation.required", "This is required."));
            return nothing;
        }
    }
}
