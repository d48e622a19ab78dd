package koinon.cities.city;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import koinon.platform.document.Command;
import koinon.platform.document.IdempotencyKeys;
import koinon.platform.model.Invalid;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Takes a table of members over HTTP.
@RestController
final class ImportController {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final CityImport members;
    private final IdempotencyKeys keys;

    ImportController(CityImport members, IdempotencyKeys keys) {
        this.members = members;
        this.keys = keys;
    }

    /// Registers and designates the cities of a table: `name,country_alpha2,creative_field`, and if known
    /// `designation_year,lat,lon,region`; other columns are left alone.
    ///
    /// @param dryRun whether only to say what would come of it
    @PostMapping(path = "/api/v1/cities/imports", consumes = "text/csv")
    CityImport.Outcome take(
            @RequestBody byte[] table, @RequestParam(defaultValue = "false") boolean dryRun, Command command) {
        return keys.once(command, CityImport.Outcome.class, () -> {
            command.by().as("secretariat@network");
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
            throw new Invalid("", "The table is not in UTF-8.");
        }
    }
}
