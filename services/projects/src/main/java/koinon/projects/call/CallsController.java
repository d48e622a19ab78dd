package koinon.projects.call;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import koinon.platform.constraint.Currencies;
import koinon.platform.constraint.OneOf;
import koinon.platform.document.Aggregates;
import koinon.platform.document.Aggregates.Target;
import koinon.platform.document.Answer;
import koinon.platform.document.Command;
import koinon.platform.document.Refused;
import koinon.platform.model.By;
import koinon.platform.web.Page;
import koinon.platform.web.VersionedView;
import koinon.projects.fund.KnownFunds;
import koinon.projects.plan.Deadline;
import koinon.projects.plan.Thresholds;
import koinon.projects.plan.Tranche;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Calls for proposals over HTTP. What was published is public; drafts are the network's own.
@RestController
@RequestMapping("/api/v1/calls")
final class CallsController {

    private static final String DECIMAL = "^[0-9]{1,15}([.][0-9]{1,15})?$";

    private final Calls calls;
    private final KnownFunds funds;
    private final Aggregates aggregates;

    CallsController(Calls calls, KnownFunds funds, Aggregates aggregates) {
        this.calls = calls;
        this.funds = funds;
        this.aggregates = aggregates;
    }

    /// What a call begins with.
    record Draft(@NotBlank @Size(max = 200) String title) {}

    /// A local time in a zone of IANA's database.
    record Time(
            @NotNull LocalDateTime local,
            @NotBlank @Size(max = 50) String zone) {

        Deadline deadline() {
            return new Deadline(local, zone);
        }
    }

    /// One instalment: its share of 1 and what it waits for.
    record Instalment(
            @NotNull @Pattern(regexp = "[a-z0-9-]{1,40}") String id,

            @NotNull @DecimalMin(value = "0", inclusive = false) @DecimalMax("1")
            BigDecimal share,

            @NotNull @Pattern(regexp = "in-force|milestones|completion")
            String waitsFor) {}

    /// Which fund pays which share of 1.
    record Paying(
            @NotBlank @Size(max = 100) String fund,

            @NotNull @DecimalMin(value = "0", inclusive = false) @DecimalMax("1")
            BigDecimal share) {}

    /// Days before and after a milestone's day.
    record Warning(
            @NotNull @Min(0) Integer dueSoonDays,
            @NotNull @Min(0) Integer atRiskDays) {}

    /// All that the call will be judged by, in the place of what was there.
    ///
    /// @param rules each `{"kind": ..., ...}`
    /// @param tranches none when there is no grant
    /// @param funds none when there is no grant
    record Wording(
            @NotBlank @Size(max = 200) String title,

            @NotNull @OneOf(value = Currencies.class, message = Currencies.NONE)
            String currency,

            @NotNull @Valid Time opens,
            @NotNull @Valid Time closes,
            @NotNull @Size(max = 50) List<@NotNull Map<String, Object>> rules,
            @NotNull @Size(max = 20) List<@NotNull @Valid Instalment> tranches,
            @NotNull @Size(max = 20) List<@NotNull @Valid Paying> funds,
            @Nullable @Size(max = 50) List<@NotBlank @Size(max = 100) String> themes,
            @Nullable @Size(max = 17) List<@NotNull @Min(1) @Max(17) Integer> sdgs,

            @NotNull @Pattern(regexp = "secretariat|controller|funder-officer", message = TermsCheck.NO_VERIFIER)
            String verifier,

            @NotNull @Pattern(regexp = "all|first", message = TermsCheck.NO_AGREEMENTS)
            String agreements,

            @Nullable @Valid Warning thresholds) {

        Terms terms() {
            return new Terms(
                    title,
                    currency,
                    opens.deadline(),
                    closes.deadline(),
                    rules,
                    tranches.stream()
                            .map(it -> new Tranche(it.id(), it.share(), it.waitsFor()))
                            .toList(),
                    funds.stream()
                            .map(it -> new Terms.FundShare(it.fund(), it.share()))
                            .toList(),
                    themes == null ? List.of() : themes,
                    sdgs == null ? List.of() : sdgs,
                    verifier,
                    agreements,
                    thresholds == null
                            ? Thresholds.USUAL
                            : new Thresholds(thresholds.dueSoonDays(), thresholds.atRiskDays()));
        }
    }

    /// Why, where someone wants to say so.
    record Remark(@Nullable @Size(max = 2000) String reason) {}

    /// Why, which must be said.
    record Reason(@NotBlank @Size(max = 2000) String reason) {}

    /// A call in full.
    ///
    /// @param callVersion of the terms; absent while it was never published
    record View(
            String id,
            long version,
            String title,
            Call.State state,
            @Nullable Integer callVersion,
            @Nullable Terms terms,
            @Nullable String reason)
            implements VersionedView {

        static View of(Call call) {
            return new View(
                    call.id(),
                    call.sequence(),
                    call.title(),
                    call.state(),
                    call.edition() == 0 ? null : call.edition(),
                    call.draftTerms(),
                    call.reason());
        }
    }

    /// A call in a list.
    ///
    /// @param open whether proposals are taken at this moment
    record Row(
            String id,
            String title,
            Call.State state,
            boolean open,
            @Nullable Deadline opens,
            @Nullable Deadline closes,
            @Nullable String currency) {

        static Row of(Call call, By by) {
            @Nullable Terms terms = call.draftTerms();
            return new Row(
                    call.id(),
                    call.title(),
                    call.state(),
                    call.isOpen(by.at()),
                    terms == null ? null : terms.opens(),
                    terms == null ? null : terms.closes(),
                    terms == null ? null : terms.currency());
        }
    }

    @PostMapping
    Answer draft(@RequestBody Draft draft, Command command) {
        return aggregates.create(Call.class, command, id -> Call.draft(id, draft.title(), command.by()));
    }

    @PutMapping("/{id}/terms")
    Answer change(@PathVariable String id, @RequestBody Wording wording, Command command) {
        Terms terms = wording.terms();
        return change(id, command, call -> call.change(terms, funds.findByIdIn(terms.fundIds()), command.by()));
    }

    @PostMapping("/{id}/publication")
    Answer publish(@PathVariable String id, Command command) {
        return change(id, command, call -> call.publish(command.by()));
    }

    @PostMapping("/{id}/decision")
    Answer decide(@PathVariable String id, @RequestBody(required = false) @Nullable Remark remark, Command command) {
        @Nullable String reason = remark == null ? null : remark.reason();
        return change(id, command, call -> call.decide(reason, command.by()));
    }

    @PostMapping("/{id}/archival")
    Answer archive(@PathVariable String id, Command command) {
        return change(id, command, call -> call.archive(command.by()));
    }

    @PostMapping("/{id}/cancellation")
    Answer cancel(@PathVariable String id, @RequestBody Reason reason, Command command) {
        return change(id, command, call -> call.cancel(reason.reason(), command.by()));
    }

    @GetMapping
    Page<Row> list(@RequestParam(required = false) Call.@Nullable State state, Page.Wanted wanted, By by) {
        return Page.of(wanted, calls.page(state, Oversight.includes(by), wanted), Call::id, it -> Row.of(it, by));
    }

    @GetMapping("/{id}")
    View read(@PathVariable String id, By by) {
        return View.of(calls.find(id).filter(it -> isVisible(it, by)).orElseThrow(Refused.NotFound::new));
    }

    private static boolean isVisible(Call call, By by) {
        return call.edition() > 0 || Oversight.includes(by);
    }

    private Answer change(String id, Command command, Consumer<Call> change) {
        return aggregates.change(Target.of(Call.class, id, it -> isVisible(it, command.by())), command, change);
    }

    /// Describes the rules of a call by their kinds. What a kind refuses of its parameters, it refuses itself.
    @Component
    static final class RuleSchemas implements GlobalOpenApiCustomizer {

        @Override
        public void customise(OpenAPI api) {
            Schema<?> entry = new Schema<>().types(Set.of("object"));
            RuleBook.kinds().forEach((kind, parameters) -> entry.addAnyOfItem(entry(kind, parameters)));
            Schema<?> wording = api.getComponents().getSchemas().get("CallsWording");
            Schema<?> rules = wording == null ? null : wording.getProperties().get("rules");
            if (rules != null) rules.setItems(entry);
        }

        private static Schema<?> entry(String kind, List<RuleBook.Parameter> parameters) {
            Schema<?> entry = new Schema<>().types(Set.of("object"));
            entry.addProperty("kind", new StringSchema().addEnumItem(kind).types(Set.of("string")));
            entry.addRequiredItem("kind");
            entry.setAdditionalProperties(false);
            for (RuleBook.Parameter it : parameters) {
                entry.addProperty(it.name(), parameter(it.type()));
                if (!it.optional()) entry.addRequiredItem(it.name());
            }
            return entry;
        }

        private static Schema<?> parameter(Class<?> type) {
            if (type == Integer.class)
                return new Schema<>()
                        .types(Set.of("integer"))
                        .minimum(BigDecimal.ZERO)
                        .maximum(BigDecimal.valueOf(Integer.MAX_VALUE));
            if (type == BigDecimal.class)
                return new Schema<>()
                        .types(Set.of("number", "string"))
                        .minimum(BigDecimal.ZERO)
                        .pattern(DECIMAL);
            Schema<?> list = new Schema<>().types(Set.of("array"));
            list.setItems(new Schema<>().types(Set.of("string")));
            return list;
        }
    }
}
