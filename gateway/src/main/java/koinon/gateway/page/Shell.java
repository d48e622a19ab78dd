package koinon.gateway.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import koinon.eventing.document.EventJson;
import org.springframework.web.util.HtmlUtils;

/// Writes the one page of the application. It names everything that the page needs first, so that a browser loads it
/// at once and not one after the other.
final class Shell {

    private final Assets assets;
    private final String importMap;
    private final String policy;

    private final String data;

    /// @param issuer the identity provider, to which logging out leads
    /// @param example whether every page says that what it shows was invented for a demo
    Shell(Assets assets, String issuer, boolean example) {
        this.assets = assets;
        this.data = example ? " data-example" : "";
        this.importMap = EventJson.mapper().writeValueAsString(Map.of("imports", assets.importMap()));
        this.policy =
                "default-src 'none'; script-src 'self' 'sha256-%s'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
                                .formatted(sha256(importMap))
                        + "connect-src 'self'; manifest-src 'self'; form-action 'self' %s; ".formatted(issuer)
                        + "frame-ancestors 'none'; base-uri 'none'; "
                        + "require-trusted-types-for 'script'; trusted-types lit-html";
    }

    /// The content security policy of the page.
    String policy() {
        return policy;
    }

    /// @param language one of [Language#ALL]
    /// @param id of what the page shows; empty if it shows no single thing
    byte[] write(Route route, String id, PageHead.Text head, String language) {
        var html = new StringBuilder(4_000);
        String root = assets.root();
        String title = HtmlUtils.htmlEscape(head.title());
        String description = HtmlUtils.htmlEscape(head.description());
        html.append("""
                <!doctype html>
                <html lang="%s" dir="ltr"%s>
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s</title>
                <meta name="description" content="%s">
                <meta property="og:title" content="%s">
                <meta property="og:description" content="%s">
                <link rel="icon" href="%sicon.svg" type="image/svg+xml">
                """.formatted(language, data, title, description, title, description, root));
        html.append("<link rel=\"stylesheet\" href=\"%s\">\n".formatted(root + Assets.STYLE));
        html.append("<script type=\"importmap\">").append(importMap).append("</script>\n");
        for (String it : assets.graph("main.js", route.module()))
            html.append("<link rel=\"modulepreload\" href=\"%s\">\n".formatted(it));
        html.append(preload("%stexts/common/%s.json".formatted(root, language)));
        for (String it : route.texts()) html.append(preload("%stexts/%s/%s.json".formatted(root, it, language)));
        for (String it : route.preloads(id)) html.append(preload("/api/v1" + HtmlUtils.htmlEscape(it)));
        html.append("""
                <script type="module" src="%smain.js"></script>
                </head>
                <body>
                <koinon-app></koinon-app>
                <noscript><p>This page needs JavaScript. The same facts are at <a href="/api/v1/status/projects">/api/v1/status/projects</a>.</p></noscript>
                </body>
                </html>
                """.formatted(root));
        return html.toString().getBytes(UTF_8);
    }

    private static String preload(String path) {
        return "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"%s\">\n".formatted(path);
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
