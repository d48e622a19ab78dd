package koinon.http.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Right;
import koinon.eventing.command.Command;
import koinon.eventing.command.CommandResult;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.model.Position;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.value.Money;
import koinon.eventing.value.OfKind;
import koinon.http.constraint.MultiLine;
import koinon.http.page.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// A small application with one controller, to try out what every application gets.
@SpringBootConfiguration
@EnableAutoConfiguration(
        excludeName = {
            "koinon.eventing.document.DocumentConfiguration",
            "koinon.eventing.relay.RelayConfiguration",
            "koinon.eventing.inbox.InboxConfiguration",
            "koinon.eventing.consistency.VerificationConfiguration",
            "org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration",
            "org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration",
            "org.springframework.boot.data.mongodb.autoconfigure.DataMongoRepositoriesAutoConfiguration",
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration"
        })
@Import(Things.Controller.class)
class Things {

    /// How many things were created.
    static final AtomicInteger DONE = new AtomicInteger();

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    enum Colour {
        RED,
        GREEN
    }

    sealed interface Shape extends OfKind {}

    record Round(int radius) implements Shape {}

    record Square(int side) implements Shape {}

    record Part(
            @NotBlank @Size(max = 10) String name, @Max(100) int percent) {}

    record Thing(
            @NotBlank @Size(max = 20) String title,
            @MultiLine @Nullable @Size(max = 20) String note,
            @NotNull LocalDate due,
            @Nullable LocalDateTime closes,
            @Nullable Money price,
            @Nullable BigDecimal share,
            @Nullable Colour colour,
            @Nullable Shape shape,
            @Nullable List<@Valid Part> parts,
            @Nullable List<@NotBlank @Size(max = 20) String> words,
            @Nullable Map<String, Integer> counts,
            @Nullable UUID reference) {

        Thing {
            if (due != null && due.getYear() < 2000) throw new IllegalArgumentException("A thing is due after 1999.");
        }
    }

    record Read(String id, long version, String reader) implements VersionedView {}

    @RestController
    @RequestMapping("/things")
    static class Controller {

        @PostMapping
        CommandResult create(Command command, @RequestBody Thing thing) {
            var id = command.newId();
            DONE.incrementAndGet();
            return new CommandResult(id, new Position("thing/" + id, 3), 3, true);
        }

        @PostMapping("/echo")
        Thing echo(@RequestBody Thing thing) {
            return thing;
        }

        @PostMapping("/command")
        Map<String, String> command(
                Command command,
                @RequestParam @Nullable String a,
                @RequestParam @Nullable String b,
                @RequestBody(required = false) @Nullable Map<String, Object> body) {
            return Map.of(
                    "actor", command.by().id(),
                    "mandates", command.by().mandates().toString(),
                    "key", String.valueOf(command.key()),
                    "ifMatch", String.valueOf(command.precondition()),
                    "trace", String.valueOf(command.traceparent()));
        }

        @PutMapping("/{id}")
        CommandResult replace(Command command, @PathVariable UUID id) {
            command.precondition().check(7);
            return new CommandResult(id.toString(), new Position("thing/" + id, 8), 8, false);
        }

        @GetMapping("/open/{id}")
        Read read(Actor by, @PathVariable String id) {
            return new Read(id, 7, by.id());
        }

        @GetMapping
        Page<String> list(Page.Wanted wanted, @RequestParam(required = false) @Nullable Colour colour) {
            var all = IntStream.range(0, 120).mapToObj("%03d"::formatted).toList();
            var after = wanted.after();
            return Page.of(
                    wanted,
                    all.stream()
                            .filter(it -> after == null || it.compareTo(after) > 0)
                            .limit(wanted.fetch())
                            .toList(),
                    it -> it,
                    it -> it);
        }

        @PostMapping("/acting")
        String acting(Actor by, @RequestParam String scope) {
            return String.valueOf(by.as(new Right("keeper", scope)).acting());
        }

        @PostMapping("/fails/{how}")
        void fail(@PathVariable String how) {
            switch (how) {
                case "rule" -> throw new RuleViolation("too-late", "The day has passed.");
                case "missing" -> throw new RequestRejected.NotFound();
                case "key" -> throw new RequestRejected.KeyReused();
                case "busy" -> throw new RequestRejected.Busy("later", "Later.");
                case "database" -> throw new DataAccessResourceFailureException("mongodb://secret-host is away");
                default -> throw new IllegalStateException("secret inner matter");
            }
        }

        @PostMapping(path = "/csv", consumes = "text/csv", produces = MediaType.APPLICATION_JSON_VALUE)
        Map<String, Integer> csv(@RequestBody byte[] csv) {
            return Map.of("bytes", csv.length);
        }
    }
}
