package koinon.gateway.login;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a browser goes after a login: a path of this gateway. Anything that a browser could read as another
/// address is refused, so that a link to our login never leads elsewhere.
final class ReturnPath {

    private static final int LONGEST = 1_000;
    /// Browsers read a backslash as a slash, and skip control characters.
    private static final Pattern PATH = Pattern.compile("/(?![/\\\\])[!-\\[\\]-~]*");

    private ReturnPath() {}

    /// The path with its query, as it is; empty if it is not one of this gateway, or would begin the login again.
    static Optional<String> of(String then) {
        if (then.length() > LONGEST || !PATH.matcher(then).matches()) return Optional.empty();
        try {
            var uri = new URI(then);
            boolean isHere = uri.getScheme() == null && uri.getRawAuthority() == null;
            String path = uri.normalize().getPath();
            boolean isLogin = path.equals("/login") || path.startsWith("/login/");
            return isHere && !isLogin ? Optional.of(then) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
