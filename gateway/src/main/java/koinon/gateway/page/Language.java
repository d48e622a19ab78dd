package koinon.gateway.page;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The languages of the web application.
final class Language {

    /// The cookie in which the application keeps what a person chose.
    static final String COOKIE = "koinon-language";

    static final List<String> ALL = List.of("en", "fr", "vi");

    private Language() {}

    /// The language of a page: the one that was chosen, else the one that the browser prefers, else English.
    ///
    /// @param accepted the header `Accept-Language`
    static String of(@Nullable String chosen, @Nullable String accepted) {
        if (chosen != null && ALL.contains(chosen)) return chosen;
        if (accepted == null) return ALL.getFirst();
        try {
            @Nullable String found = Locale.lookupTag(Locale.LanguageRange.parse(accepted), ALL);
            return found == null ? ALL.getFirst() : found;
        } catch (IllegalArgumentException _) {
            return ALL.getFirst();
        }
    }
}
