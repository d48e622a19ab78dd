package koinon.gateway.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import koinon.eventing.rule.ValidationFailed;
import koinon.http.condition.RequestConditions;
import koinon.http.filter.FilterOrder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.DigestUtils;

/// Answers the addresses of pages and the files of the application. It stands before the check of tokens: a page is
/// the same for everybody, and reads through the API what its reader may see.
@Component
class PageFilter extends HttpFilter implements Ordered {

    private static final long serialVersionUID = 1;

    private final transient PageSettings settings;
    private final transient PageHead heads;
    private final String issuer;
    private transient volatile Application application;

    /// The files, and the page that names them.
    private record Application(Assets assets, Shell shell) {

        static Application load(PageSettings settings, String issuer) {
            Assets assets = Assets.load(settings.folder());
            return new Application(assets, new Shell(assets, issuer, settings.exampleData()));
        }
    }

    PageFilter(PageSettings settings, PageHead heads, @Value("${koinon.identity.issuer}") String issuer) {
        this.settings = settings;
        this.heads = heads;
        this.issuer = issuer;
        this.application = Application.load(settings, issuer);
    }

    @Override
    public int getOrder() {
        return FilterOrder.PAGES.order();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getRequestURI();
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (!reads || path.startsWith("/api/")) {
            chain.doFilter(request, response);
            return;
        }
        @Nullable Asset asset = application.assets().find(path).orElse(null);
        if (asset != null) send(asset, request, response);
        else if (!page(path, request, response)) chain.doFilter(request, response);
    }

    private static void send(Asset asset, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        body(asset, request, response);
    }

    /// Answers a page; does nothing if no page has this path.
    private boolean page(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        for (Route route : application.assets().routes()) {
            @Nullable String id = route.match(path);
            if (id == null) continue;
            if (settings.folder() != null) application = Application.load(settings, issuer);
            String language = Language.of(cookie(request), request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
            byte[] bytes = application.shell().write(route, id, heads.of(route, id), language);
            String etag = "\"" + DigestUtils.md5DigestAsHex(bytes) + "\"";
            response.setHeader("Content-Security-Policy", application.shell().policy());
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Referrer-Policy", "same-origin");
            response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
            response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
            response.setHeader(HttpHeaders.VARY, "Accept-Language, Cookie");
            response.setHeader(HttpHeaders.ETAG, etag);
            if (request.isSecure()) response.setHeader("Strict-Transport-Security", "max-age=31536000");
            if (isKnown(etag, request)) response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            else body(Asset.of("page.html", bytes), request, response);
            return true;
        }
        return false;
    }

    /// A page is not refused: conditions that are none, or that it does not meet, are those of no browser.
    private static boolean isKnown(String etag, HttpServletRequest request) {
        try {
            return RequestConditions.of(request).outcome(etag) == RequestConditions.Outcome.UNCHANGED;
        } catch (ValidationFailed _) {
            return false;
        }
    }

    private static void body(Asset asset, HttpServletRequest request, HttpServletResponse response) throws IOException {
        @Nullable String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        boolean compressed = asset.isCompressed() && accepted != null && accepted.contains("gzip");
        byte[] bytes = compressed ? asset.gzipped() : asset.bytes();
        if (asset.isCompressed()) response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (compressed) response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        response.setContentType(asset.type());
        response.setContentLength(bytes.length);
        if (!request.getMethod().equals("HEAD")) response.getOutputStream().write(bytes);
    }

    private static @Nullable String cookie(HttpServletRequest request) {
        Cookie @Nullable [] all = request.getCookies();
        return all == null
                ? null
                : Arrays.stream(all)
                        .filter(it -> it.getName().equals(Language.COOKIE))
                        .map(Cookie::getValue)
                        .findFirst()
                        .orElse(null);
    }
}
