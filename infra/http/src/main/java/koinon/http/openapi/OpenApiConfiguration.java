package koinon.http.openapi;

import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.swagger.v3.oas.annotations.servers.Server;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.lang.reflect.Type;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.Command;
import koinon.eventing.command.CommandResult;
import koinon.eventing.value.Money;
import koinon.http.condition.RequestConditions;
import koinon.http.constraint.Formats;
import koinon.http.query.QueryParameters;
import koinon.http.web.CommandResultAdvice;
import koinon.http.web.VersionedView;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.method.HandlerMethod;

/// Adds to each API description what all APIs have in common: problems, tokens, idempotency keys, versions, pages.
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Koinon: ${spring.application.name}",
                        version = "v1",
                        license = @License(name = "Apache License 2.0", identifier = "Apache-2.0")),
        // Whoever shows the page serves the interface too: the gateway, or the service itself.
        servers = @Server(url = "/"),
        security = @SecurityRequirement(name = OpenApiConfiguration.TOKEN))
@SecurityScheme(
        name = OpenApiConfiguration.TOKEN,
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT",
        description = "Of the identity provider; carries an opaque subject and mandates.")
class OpenApiConfiguration {

    static final String TOKEN = "token";

    private static final String PROBLEM = "Problem";

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Actor.class, Command.class, RequestConditions.class)
                .addHiddenRestControllers("koinon.http.web.Problems$Outside")
                .replaceWithClass(CommandResult.class, CommandResultAdvice.Done.class)
                .replaceWithClass(Money.class, Amount.class)
                .replaceWithSchema(LocalDateTime.class, localTime());
    }

    /// A `date-time` of a schema has an offset, which a local time must not have.
    private static Schema<?> localTime() {
        Schema<?> local = typed("string", "A local time, in the zone that is named beside it.");
        local.setFormat("date-time-local");
        local.setPattern(Formats.LOCAL_TIME);
        local.setExample("2036-04-30T17:00");
        return local;
    }

    /// The JSON form of Money.
    @io.swagger.v3.oas.annotations.media.Schema(
            name = "Money",
            description = "An exact amount in one currency; the amount is text, so that no reader makes a float of it.")
    record Amount(
            @io.swagger.v3.oas.annotations.media.Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    pattern = "^" + Money.PATTERN + "$",
                    example = "85000.00")
            String amount,

            @io.swagger.v3.oas.annotations.media.Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    description = "ISO 4217",
                    pattern = "^[A-Z]{3}$",
                    example = "EUR")
            String currency) {}

    @Bean
    ModelResolver names(ObjectMapperProvider json) {
        return new EnforcedModels(json.jsonMapper()).openapi31(true);
    }

    @Bean
    GlobalOpenApiCustomizer problems() {
        return api -> {
            if (api.getComponents() == null) api.setComponents(new Components());
            api.getComponents().addSchemas(PROBLEM, problem());
            for (DocumentedProblem it : DocumentedProblem.values())
                api.getComponents().addResponses(it.key(), it.response(PROBLEM));
        };
    }

    @Bean
    GlobalOpenApiCustomizer bodies() {
        return BodySchemas::enforce;
    }

    private static Schema<?> problem() {
        Map<String, Schema<?>> violation = new LinkedHashMap<>();
        violation.put("pointer", text("Where: a JSON pointer into the body, or the name of a parameter or header."));
        violation.put("detail", text("What, as a sentence."));
        violation.put("sentence", sentence());
        Schema<?> error = object("One error.", violation);
        error.setRequired(List.of("pointer", "detail", "sentence"));
        var properties = new LinkedHashMap<String, Schema<?>>();
        properties.put("type", text("`/problems/<rule>`; stable, to be relied on."));
        properties.put("title", text("The status in words."));
        properties.put("status", typed("integer", "The status."));
        properties.put("detail", text("What is wrong and what to do, in one sentence."));
        properties.put("sentence", sentence());
        properties.put("instance", text("The path that was asked."));
        properties.put("reason", text("With a 503 of the gateway: what its service did."));
        properties.put("trace", text("With a 500: the trace id, which the log has too."));
        properties.put(
                "violations",
                typed("array", "With a 400: every error, at most 100.").items(error));
        var problem = object("RFC 9457 problem details.", properties);
        problem.setRequired(List.of("type", "title", "status", "detail", "sentence"));
        return problem;
    }

    /// A sentence as data, so that pages in any language can show it.
    private static Schema<?> sentence() {
        var properties = new LinkedHashMap<String, Schema<?>>();
        properties.put("key", text("Names the sentence; stable. In a problem its first level is mostly the rule."));
        Schema<?> values = typed("object", "What the sentence names, by name.");
        values.setAdditionalProperties(new StringSchema());
        properties.put("values", values);
        properties.put("text", text("The sentence in English; the same as `detail`."));
        Schema<?> sentence = object("`detail` as data, for pages in any language.", properties);
        sentence.setRequired(List.of("key", "values", "text"));
        return sentence;
    }

    @Bean
    GlobalOperationCustomizer commonParts() {
        return (operation, handler) -> {
            var takes = Arrays.stream(handler.getMethodParameters())
                    .map(it -> (Type) it.getParameterType())
                    .toList();
            if (takes.contains(Command.class)) describeCommand(operation, handler);
            if (takes.contains(Command.class) || takes.contains(Actor.class))
                operation.addParametersItem(header(
                        "Koinon-Mandate", "Id of the mandate to act under; needed only where several fit.", false));
            if (operation.getResponses() == null) operation.setResponses(new ApiResponses());
            if (handler.getReturnType().getParameterType() == CommandResult.class) describeAnswer(operation, handler);
            if (CommandResultAdvice.isRead(handler.getReturnType()) || takes.contains(RequestConditions.class))
                describeRead(operation, handler);
            describeQuery(operation, QueryParameters.of(handler.getMethod()));
            describeRefusals(operation, handler, takes);
            return operation;
        };
    }

    private static void describeRefusals(Operation operation, HandlerMethod handler, List<Type> takes) {
        var reads = handler.hasMethodAnnotation(GetMapping.class);
        DocumentedProblem.of(
                        reads,
                        takes.contains(Command.class) || takes.contains(Actor.class),
                        takes.contains(Command.class),
                        replaces(handler) && takes.contains(Command.class))
                .forEach(it -> refusing(operation, it));
    }

    private static void refusing(Operation operation, DocumentedProblem it) {
        operation
                .getResponses()
                .addApiResponse(it.status(), new ApiResponse().$ref("#/components/responses/" + it.key()));
    }

    private static boolean replaces(HandlerMethod handler) {
        return handler.hasMethodAnnotation(PutMapping.class) || handler.hasMethodAnnotation(PatchMapping.class);
    }

    private static void describeCommand(Operation operation, HandlerMethod handler) {
        if (handler.hasMethodAnnotation(PostMapping.class))
            operation.addParametersItem(header(
                    "Idempotency-Key",
                    "Sent again with the same request, the answer is the same and nothing happens twice. 1 to 100"
                            + " printable ASCII characters.",
                    false));
        operation.addParametersItem(header(
                "If-Match",
                "The ETags that were read, of which the version before the hyphen is compared; stale ones are refused"
                        + " with 412.",
                replaces(handler)));
    }

    /// A read whose answer has an ETag.
    private static void describeRead(Operation operation, HandlerMethod handler) {
        operation.addParametersItem(header("If-None-Match", "ETags of answers that the caller has, or `*`.", false));
        operation.addParametersItem(
                header("If-Match", "The ETags one of which the answer must have, or `*`; else 412.", false));
        var etag = described(
                VersionedView.class.isAssignableFrom(handler.getReturnType().getParameterType())
                        ? "`\"<version>-<hash of the body>\"`; If-Match of a command compares the version, If-None-Match"
                                + " all of it."
                        : "`\"<hash of the body>\"`");
        var found = operation.getResponses().get("200");
        if (found != null) found.addHeaderObject("ETag", etag);
        operation
                .getResponses()
                .addApiResponse(
                        "304",
                        new ApiResponse()
                                .description("The caller has this answer already.")
                                .addHeaderObject("ETag", etag));
        refusing(operation, DocumentedProblem.STALE);
    }

    /// Says what [QueryParameters] refuses: values without a text, and a list that is sent as several parameters.
    private static void describeQuery(Operation operation, QueryParameters declared) {
        if (operation.getParameters() == null) return;
        for (Parameter it : operation.getParameters()) {
            if (!"query".equals(it.getIn())) continue;
            Schema<?> schema = it.getSchema();
            if (declared.isList(it.getName()))
                it.style(Parameter.StyleEnum.FORM).explode(false);
            Schema<?> value = declared.isList(it.getName()) ? schema.getItems() : schema;
            if (isText(value) && value.getMinLength() == null) value.setMinLength(1);
        }
    }

    private static boolean isText(@Nullable Schema<?> value) {
        return value != null
                && value.getEnum() == null
                && value.getFormat() == null
                && ("string".equals(value.getType())
                        || (value.getTypes() != null && value.getTypes().contains("string")));
    }

    private static void describeAnswer(Operation operation, HandlerMethod handler) {
        var responses = operation.getResponses();
        var done = responses.get("200");
        if (done == null) return;
        done.description("Done.")
                .addHeaderObject("ETag", described("`\"<version>\"`: the version after it, for the next If-Match."))
                .addHeaderObject("Koinon-Position", described("Its last event, to be waited for with `atLeast`."));
        if (!handler.hasMethodAnnotation(PostMapping.class)) return;
        responses.addApiResponse(
                "201",
                new ApiResponse()
                        .description("Created.")
                        .content(done.getContent())
                        .headers(new LinkedHashMap<>(done.getHeaders()))
                        .addHeaderObject("Location", described("Where it is.")));
    }

    private static Header described(String description) {
        return new Header().description(description).schema(new StringSchema());
    }

    private static Parameter header(String name, String description, boolean required) {
        return new Parameter()
                .in("header")
                .name(name)
                .description(description)
                .required(required)
                .schema(new StringSchema());
    }

    private static Schema<?> text(String description) {
        return typed("string", description);
    }

    private static Schema<?> typed(String type, String description) {
        Schema<?> schema = new Schema<>();
        schema.setType(type);
        schema.setTypes(Set.of(type));
        schema.setDescription(description);
        return schema;
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // the model takes a raw map
    private static Schema<?> object(String description, Map<String, Schema<?>> properties) {
        var schema = typed("object", description);
        schema.setProperties((Map) properties);
        return schema;
    }
}
