package koinon.platform.web;

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
import koinon.platform.constraint.Formats;
import koinon.platform.document.EventJson;
import koinon.platform.model.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;

/// Reads single values of a command as what they are: a text is a text, a number a number, and nothing is bent to
/// fit. The white space around a text is nobody's wish and left out.
final class Scalars {

    /// Beyond this, the plain form of a number like 1e999999999 would fill the memory.
    private static final int MOST_DIGITS = 30;

    /// Beyond these lies no day of a project, and further on none that a database can store.
    private static final ValueRange YEARS = ValueRange.of(1900, 2999);

    private static final Pattern TEXT = Pattern.compile(Formats.TEXT);
    private static final Pattern DAY = Pattern.compile(Formats.DAY);
    private static final Pattern LOCAL_TIME = Pattern.compile(Formats.LOCAL_TIME);

    private Scalars() {}

    static JacksonModule module() {
        return new SimpleModule("strict")
                .addDeserializer(String.class, new Strict<>(String.class, null, Scalars::text))
                .addDeserializer(BigDecimal.class, new Strict<>(BigDecimal.class, null, Scalars::decimal))
                .addDeserializer(Integer.class, new Strict<>(Integer.class, null, Scalars::integer))
                .addDeserializer(int.class, new Strict<>(int.class, 0, Scalars::integer))
                .addDeserializer(Long.class, new Strict<>(Long.class, null, Scalars::whole))
                .addDeserializer(long.class, new Strict<>(long.class, 0L, Scalars::whole))
                .addDeserializer(Boolean.class, new Strict<>(Boolean.class, null, Scalars::truth))
                .addDeserializer(boolean.class, new Strict<>(boolean.class, false, Scalars::truth))
                .addDeserializer(LocalDate.class, new Strict<>(LocalDate.class, null, Scalars::day))
                .addDeserializer(LocalDateTime.class, new Strict<>(LocalDateTime.class, null, Scalars::localTime))
                .addDeserializer(Money.class, new Strict<>(Money.class, null, Scalars::money));
    }

    /// How Money is written; reading it is stricter here than in an event.
    static JacksonModule written() {
        return EventJson.money();
    }

    /// What a value of this type looks like, for people.
    static String expected(Class<?> type) {
        if (type == String.class || type.isEnum()) return "A text is expected.";
        if (type == BigDecimal.class) return "A decimal number is expected.";
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class)
            return "A whole number is expected.";
        if (type == boolean.class || type == Boolean.class) return "true or false is expected.";
        if (type == Money.class)
            return "An amount such as {\"amount\": \"85000.00\", \"currency\": \"EUR\"} is expected.";
        if (type == UUID.class) return "A UUID is expected.";
        if (type == LocalDate.class) return "A date such as 2026-04-30 is expected.";
        if (type == LocalDateTime.class) return "A local time such as 2026-04-30T17:00 is expected.";
        if (type == Instant.class || type == OffsetDateTime.class)
            return "A time such as 2026-04-30T15:00:00Z is expected.";
        if (ZoneId.class.isAssignableFrom(type)) return "A time zone such as Asia/Bangkok is expected.";
        if (Collection.class.isAssignableFrom(type) || type.isArray()) return "A list is expected.";
        if (type.isRecord() || Map.class.isAssignableFrom(type)) return "An object is expected.";
        return "This is not understood.";
    }

    private static @Nullable String text(JsonParser json, DeserializationContext context) {
        if (!json.hasToken(JsonToken.VALUE_STRING)) return unexpected(json, context, String.class);
        var text = json.getString();
        if (TEXT.matcher(text).matches() && isWhole(text)) return text.strip();
        Commands.found(context, "A text has no control characters such as NUL, and no half of a surrogate pair.");
        return null;
    }

    /// Whether it can be stored and sent as UTF-8, and comes back as it was.
    private static boolean isWhole(String text) {
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            var point = text.codePointAt(at);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) return false;
        }
        return true;
    }

    private static @Nullable BigDecimal decimal(JsonParser json, DeserializationContext context) {
        if (!json.hasToken(JsonToken.VALUE_NUMBER_INT) && !json.hasToken(JsonToken.VALUE_NUMBER_FLOAT))
            return unexpected(json, context, BigDecimal.class);
        var number = json.getDecimalValue();
        if (number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS) return number;
        Commands.found(context, "A number has at most %d digits.".formatted(MOST_DIGITS));
        return null;
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
        Commands.found(context, "This number is too large.");
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
            Commands.found(
                    context, "A year from %d to %d is expected.".formatted(YEARS.getMinimum(), YEARS.getMaximum()));
            return null;
        } catch (DateTimeParseException _) {
            return unexpected(json, context, type);
        }
    }

    /// An amount is never negative in a command: which way it goes is what the command says.
    private static @Nullable Money money(JsonParser json, DeserializationContext context) {
        if (!json.hasToken(JsonToken.START_OBJECT)) return unexpected(json, context, Money.class);
        var at = Commands.pointer(json);
        var before = Commands.count();
        var written = context.readValue(json, Written.class);
        if (Commands.count() > before || written == null) return null;
        var amount = written.amount();
        var currency = written.currency();
        if (amount == null) Commands.found(context, at + "/amount", "This is required.");
        else if (!amount.matches(Money.PATTERN))
            Commands.found(context, at + "/amount", "An amount such as \"85000.00\" is expected.");
        else if (amount.startsWith("-")) Commands.found(context, at + "/amount", "An amount is not negative.");
        if (currency == null) Commands.found(context, at + "/currency", "This is required.");
        if (Commands.count() > before || amount == null || currency == null) return null;
        if (!Money.isPayable(currency)) {
            Commands.found(
                    context, at + "/currency", "A currency of ISO 4217 that people pay in, such as EUR, is expected.");
            return null;
        }
        try {
            Money money = Money.of(amount, currency);
            if (!amount.matches(Money.entryPattern(currency)))
                Commands.found(context, at + "/amount", money.entryBound());
            return money;
        } catch (IllegalArgumentException e) {
            Commands.found(context, at + "/amount", String.valueOf(e.getMessage()));
            return null;
        }
    }

    private record Written(
            @Nullable String amount, @Nullable String currency) {}

    private static <T> @Nullable T unexpected(JsonParser json, DeserializationContext context, Class<T> type) {
        var at = Commands.pointer(json);
        json.skipChildren();
        Commands.found(context, at, expected(type));
        return null;
    }

    /// One kind of value. What is wrong is noted, and reading goes on with nothing in its place.
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
            return property == null || nothing == null ? this : new Strict<>(type, nothing, read, property.getName());
        }

        @Override
        public @Nullable T deserialize(JsonParser json, DeserializationContext context) {
            var value = read.apply(json, context);
            return value == null ? nothing : value;
        }

        @Override
        public @Nullable T getNullValue(DeserializationContext context) {
            if (nothing != null) Commands.found(context, "This is required.");
            return nothing;
        }

        @Override
        public @Nullable T getAbsentValue(DeserializationContext context) {
            if (nothing != null)
                Commands.found(
                        context,
                        Commands.pointer(context.getParser()) + "/" + Commands.escaped(String.valueOf(field)),
                        "This is required.");
            return nothing;
        }
    }
}
