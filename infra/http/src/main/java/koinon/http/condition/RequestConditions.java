package koinon.http.condition;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import koinon.eventing.rule.ValidationFailed;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;

/// What a request demands of the entity tags of its resource with `If-Match` and `If-None-Match` (RFC 9110). Every read
/// and every command reads these headers here: `*`, or a list of strong and weak tags. Controllers take it as an
/// argument.
public final class RequestConditions {

    private final @Nullable Tags match;
    private final @Nullable Tags noneMatch;

    private RequestConditions(@Nullable Tags match, @Nullable Tags noneMatch) {
        this.match = match;
        this.noneMatch = noneMatch;
    }

    /// What is to be answered to a read.
    public enum Outcome {
        SENT,
        /// The caller has it already: 304.
        UNCHANGED,
        /// It is none of those that the caller wants: 412.
        STALE
    }

    /// @throws ValidationFailed when a header is neither `*` nor a list of tags
    public static RequestConditions of(HttpServletRequest request) {
        return new RequestConditions(
                Tags.of(HttpHeaders.IF_MATCH, request), Tags.of(HttpHeaders.IF_NONE_MATCH, request));
    }

    /// Judges a read of something that exists.
    ///
    /// @param tags the strong tags of its renderings; each stands for it
    public Outcome outcome(String... tags) {
        if (match != null && Stream.of(tags).noneMatch(it -> match.contain(it, true))) return Outcome.STALE;
        return noneMatch != null && Stream.of(tags).anyMatch(it -> noneMatch.contain(it, false))
                ? Outcome.UNCHANGED
                : Outcome.SENT;
    }

    /// Whether nothing is demanded with `If-Match`.
    public boolean matchAny() {
        return match == null || match.any();
    }

    /// The content of each strong tag in `If-Match`, which never compares weak ones; empty if the header is absent.
    public Optional<List<String>> match() {
        return Optional.ofNullable(match)
                .map(it -> it.tags().stream()
                        .filter(tag -> !tag.weak())
                        .map(ETag::tag)
                        .toList());
    }

    /// Whether there is an `If-None-Match`.
    public boolean hasNoneMatch() {
        return noneMatch != null;
    }

    /// The value of one of the headers.
    private record Tags(boolean any, List<ETag> tags) {

        /// The next tag of a list, or nothing between two commas.
        private static final Pattern NEXT =
                Pattern.compile("[ \\t]*+(?:(?<weak>W/)?+\"(?<tag>[!#-~]*+)\"[ \\t]*+)?+(?<more>,|\\z)");

        static @Nullable Tags of(String header, HttpServletRequest request) {
            if (request.getHeader(header) == null) return null;
            String value = String.join(",", Collections.list(request.getHeaders(header)));
            if (value.strip().equals("*")) return new Tags(true, List.of());
            List<ETag> tags = parsed(value);
            if (tags.isEmpty())
                throw new ValidationFailed(
                        header,
                        "validation.entity-tags",
                        "%s takes * or a list of ETags as they were read, such as \"7-a1b2c3\".",
                        "header",
                        header);
            return new Tags(false, tags);
        }

        /// Empty if it is no list of tags.
        private static List<ETag> parsed(String value) {
            List<ETag> tags = new ArrayList<>();
            Matcher next = NEXT.matcher(value);
            for (int at = 0; next.region(at, value.length()).lookingAt(); at = next.end()) {
                if (next.group("tag") != null) tags.add(new ETag(next.group("tag"), next.group("weak") != null));
                if (next.group("more").isEmpty()) return tags;
            }
            return List.of();
        }

        boolean contain(String tag, boolean strongly) {
            ETag wanted = ETag.create(tag);
            return any || tags.stream().anyMatch(it -> it.compare(wanted, strongly));
        }
    }
}
