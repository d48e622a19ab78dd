package koinon.platform.web;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
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
import koinon.platform.document.Answer;
import koinon.platform.document.Command;
import koinon.platform.document.Refused;
import koinon.platform.model.By;
import koinon.platform.model.Money;
import koinon.platform.model.Position;
import koinon.platform.model.RuleBroken;
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
            "koinon.platform.document.DocumentConfiguration",
            "koinon.platform.relay.RelayConfiguration",
            "koinon.platform.inbox.InboxConfiguration",
            "koinon.platform.verification.VerificationConfiguration",
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

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Round.class, name = "round"),
        @JsonSubTypes.Type(value = Square.class, name = "square")
    })
    sealed interface Shape {}

    record Round(int radius) implements Shape {}

    record Square(int side) implements Shape {}

    record Part(
            @NotBlank @Size(max = 10) String name, @Max(100) int percent) {}

    record Thing(
            @NotBlank @Size(max = 20) String title,
            @NotNull LocalDate due,
            @Nullable LocalDateTime closes,
            @Nullable Money price,
            @Nullable BigDecimal share,
            @Nullable Colour colour,
            @Nullable Shape shape,
            @Nullable List<@Valid Part> parts,
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
        Answer create(Command command, @RequestBody Thing thing) {
            var id = command.newId();
            DONE.incrementAndGet();
            return new Answer(id, new Position("thing/" + id, 3), 3, true);
        }

        @PostMapping("/echo")
        Thing echo(@RequestBody Thing thing) {
            return thing;
        }

        @PostMapping("/command")
        Map<String, String> command(
                Command command, @RequestBody(required = false) @Nullable Map<String, Object> body) {
            return Map.of(
                    "actor", command.by().actor(),
                    "mandates", command.by().mandates().toString(),
                    "key", String.valueOf(command.key()),
                    "ifMatch", String.valueOf(command.precondition()),
                    "trace", String.valueOf(command.traceparent()));
        }

        @PutMapping("/{id}")
        Answer replace(Command command, @PathVariable UUID id) {
            command.precondition().check(7);
            return new Answer(id.toString(), new Position("thing/" + id, 8), 8, false);
        }

        @GetMapping("/open/{id}")
        Read read(By by, @PathVariable String id) {
            return new Read(id, 7, by.actor());
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
        String acting(By by, @RequestParam String scope) {
            return String.valueOf(by.as("keeper@" + scope).acting());
        }

        @PostMapping("/fails/{how}")
        void fail(@PathVariable String how) {
            switch (how) {
                case "rule" -> throw new RuleBroken("too-late", "The day has passed.");
                case "missing" -> throw new Refused.NotFound();
                case "key" -> throw new Refused.KeyReused();
                case "busy" -> throw new Refused.Busy("Later.");
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
