package koinon.cities.city;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import koinon.cities.Role;
import koinon.eventing.command.Command;
import koinon.eventing.document.IdempotencyKeys;
import koinon.eventing.rule.ValidationFailed;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Imports a table of members over HTTP.
@RestController
final class CityImportsController {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final CityImport members;
    private final IdempotencyKeys keys;

    CityImportsController(CityImport members, IdempotencyKeys keys) {
        this.members = members;
        this.keys = keys;
    }

    /// Registers and designates the cities of a table. Required columns are `name,country_alpha2,creative_field`;
    /// optional ones are `designation_year,lat,lon,region`; other columns are ignored.
    ///
    /// @param dryRun whether to validate only and return the result without storing anything
    @PostMapping(path = "/api/v1/cities/imports", consumes = "text/csv")
    CityImport.Outcome take(
            @RequestBody byte[] table, @RequestParam(defaultValue = "false") boolean dryRun, Command command) {
        return keys.once(command, CityImport.Outcome.class, () -> {
            command.by().as(Role.SECRETARIAT.ofNetwork());
            return members.take(text(table), dryRun, command);
        });
    }

    private static String text(byte[] table) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(table))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException _) {
            throw new ValidationFailed("", "import.utf-8", "The table is not in UTF-8.");
        }
    }
}
