package koinon.http.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import koinon.eventing.value.Money;
import koinon.http.constraint.Formats;
import org.jspecify.annotations.Nullable;

/// Adds to the schemas of commands what applies to all of them: unknown fields are refused, optional fields may be
/// null, texts are one line and have no control characters, numbers and dates have bounds, and amounts the bounds of
/// their currency.
/// No annotation of a model can say this, because swagger-core describes a type without knowing who reads it.
@SuppressWarnings({"rawtypes", "unchecked"}) // the model takes raw schemas
final class BodySchemas {

    private static final String SCHEMAS = "#/components/schemas/";
    private static final String MONEY = "Money";
    private static final String ENTERED = "EnteredMoney";

    private final Map<String, Schema> components;
    private final Set<String> enforced = new HashSet<>();

    private BodySchemas(Map<String, Schema> components) {
        this.components = components;
    }

    static void enforce(OpenAPI api) {
        if (api.getPaths() == null || api.getComponents().getSchemas() == null) return;
        var schemas = new BodySchemas(api.getComponents().getSchemas());
        api.getPaths().values().stream()
                .flatMap(it -> it.readOperations().stream())
                .filter(it -> it.getRequestBody() != null && it.getRequestBody().getContent() != null)
                .flatMap(it -> it.getRequestBody().getContent().values().stream())
                .forEach(it -> schemas.enforce(it.getSchema()));
    }

    private void enforce(@Nullable Schema<?> schema) {
        if (schema == null) return;
        if (schema.get$ref() != null) {
            enforceNamed(schema);
            return;
        }
        scalar(schema);
        enforce(schema.getItems());
        if (schema.getAdditionalProperties() instanceof Schema<?> values) enforce(values);
        if (schema.getOneOf() != null) schema.getOneOf().forEach(this::enforce);
        Map<String, Schema> properties = schema.getProperties();
        if (properties == null || schema.getAllOf() != null || schema.getOneOf() != null) return;
        if (schema.getAdditionalProperties() == null) schema.setAdditionalProperties(false);
        List<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
        properties.values().forEach(this::enforce);
        properties.replaceAll((name, it) -> required.contains(name) ? it : nullable(it));
    }

    private void enforceNamed(Schema<?> reference) {
        String name = reference.get$ref().substring(SCHEMAS.length());
        if (name.equals(MONEY)) {
            components.computeIfAbsent(ENTERED, _ -> enteredMoney());
            reference.set$ref(SCHEMAS + ENTERED);
        } else if (enforced.add(name)) enforce(components.get(name));
    }

    private static void scalar(Schema<?> schema) {
        if (is("integer", schema)) {
            boolean small = "int32".equals(schema.getFormat());
            long least = small ? Integer.MIN_VALUE : Long.MIN_VALUE;
            long most = small ? Integer.MAX_VALUE : Long.MAX_VALUE;
            if (schema.getMinimum() == null) schema.setMinimum(BigDecimal.valueOf(least));
            if (schema.getMaximum() == null) schema.setMaximum(BigDecimal.valueOf(most));
        }
        if (!is("string", schema) || schema.getPattern() != null || schema.getEnum() != null) return;
        if (schema.getFormat() == null) schema.setPattern(Formats.LINE);
        else if (schema.getFormat().equals("date")) schema.setPattern(Formats.DAY);
    }

    private static boolean is(String type, Schema<?> schema) {
        return type.equals(schema.getType())
                || (schema.getTypes() != null && schema.getTypes().contains(type));
    }

    private static Schema<?> nullable(Schema<?> schema) {
        if (schema.get$ref() != null) {
            Schema<?> none = new Schema<>();
            none.setTypes(Set.of("null"));
            Schema<?> either = new Schema<>();
            either.setAnyOf(new ArrayList<>(List.of(schema, none)));
            return either;
        }
        if (schema.getTypes() == null && schema.getType() == null) return schema;
        Set<String> types =
                new LinkedHashSet<>(schema.getTypes() == null ? Set.of(schema.getType()) : schema.getTypes());
        types.add("null");
        schema.setTypes(types);
        if (schema.getEnum() != null) {
            List<Object> values = new ArrayList<>(schema.getEnum());
            values.add(null);
            ((Schema) schema).setEnum(values);
        }
        return schema;
    }

    /// The amounts that may be entered, for each kind of currency.
    private static Schema<?> enteredMoney() {
        Schema<?> entered = new Schema<>();
        entered.setTypes(Set.of("object"));
        entered.setDescription("An exact amount that is entered: not negative, below the bound of its currency.");
        entered.setRequired(List.of("amount", "currency"));
        Schema<?> amount = string();
        amount.setExample("85000.00");
        Schema<?> currency = string();
        currency.setDescription("ISO 4217, what people pay in.");
        currency.setExample("EUR");
        ((Schema) currency).setEnum(Money.payable());
        entered.setProperties(new TreeMap<>(Map.of("amount", amount, "currency", currency)));
        entered.setAdditionalProperties(false);
        Map<String, List<String>> currencies = Money.payable().stream()
                .collect(Collectors.groupingBy(Money::entryPattern, TreeMap::new, Collectors.toList()));
        List<Schema> kinds = new ArrayList<>();
        currencies.forEach((pattern, codes) -> {
            Schema<?> written = new Schema<>();
            written.setPattern("^" + pattern + "$");
            Schema<?> code = new Schema<>();
            ((Schema) code).setEnum(codes);
            Schema<?> kind = new Schema<>();
            kind.setProperties(new TreeMap<>(Map.of("amount", written, "currency", code)));
            kinds.add(kind);
        });
        entered.setAnyOf(kinds);
        return entered;
    }

    private static Schema<?> string() {
        Schema<?> text = new Schema<>();
        text.setTypes(Set.of("string"));
        return text;
    }
}
