package koinon.cities.city;

import java.util.List;
import java.util.function.Supplier;
import koinon.cities.Role;
import koinon.eventing.command.Command;
import koinon.eventing.document.IdempotencyKeys;
import koinon.http.constraint.OneOf;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Imports a table of members over HTTP.
@RestController
final class CityImportsController {

    private final CityImport members;
    private final IdempotencyKeys keys;

    CityImportsController(CityImport members, IdempotencyKeys keys) {
        this.members = members;
        this.keys = keys;
    }

    static final class Truth implements Supplier<List<String>> {

        @Override
        public List<String> get() {
            return List.of("true", "false");
        }
    }

    /// Registers and designates the cities of a table. Required columns are `name,country_alpha2,creative_field`;
    /// optional ones are `designation_year,lat,lon,region,qualifier`; other columns are ignored. The table is in
    /// UTF-8 or UTF-16, with commas, semicolons or tabs.
    ///
    /// @param dryRun whether to validate only and return the result without storing anything
    @PostMapping(path = "/api/v1/cities/imports", consumes = "text/csv")
    CityImport.Outcome take(
            @RequestBody byte[] table,
            @RequestParam(required = false) @Nullable @OneOf(Truth.class) String dryRun,
            Command command) {
        return keys.once(command, CityImport.Outcome.class, () -> {
            command.by().as(Role.SECRETARIAT.ofNetwork());
            return members.take(table, Boolean.parseBoolean(dryRun), command);
        });
    }
}
