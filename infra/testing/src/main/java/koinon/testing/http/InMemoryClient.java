package koinon.testing.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.boot.web.servlet.AbstractFilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializerBeans;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/// Sends requests through all filters of an application, in their order, and to its controllers, without a
/// connection. What a server does before the first filter is left out.
public final class InMemoryClient {

    private final MockMvc application;

    public InMemoryClient(WebApplicationContext context) {
        DefaultMockMvcBuilder builder = MockMvcBuilders.webAppContextSetup(context);
        new ServletContextInitializerBeans(context).forEach(it -> {
            if (it instanceof AbstractFilterRegistrationBean<?> filter)
                builder.addFilter(
                        Objects.requireNonNull(filter.getFilter()),
                        filter.getFilterName(),
                        Map.of(),
                        filter.determineDispatcherTypes(),
                        paths(filter.getUrlPatterns()));
        });
        application = builder.build();
    }

    private static String[] paths(Collection<String> patterns) {
        return patterns.isEmpty() ? new String[] {"/*"} : patterns.toArray(String[]::new);
    }

    public RawHttpClient.Answer send(RawHttpClient.Request request) {
        MockHttpServletRequestBuilder sent = MockMvcRequestBuilders.request(
                        HttpMethod.valueOf(request.method()), URI.create(request.target()))
                .content(request.body().getBytes(ISO_8859_1));
        for (String header : request.headers()) {
            int colon = header.indexOf(':');
            sent.header(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        try {
            MvcResult result = application.perform(sent).andReturn();
            if (result.getRequest().isAsyncStarted())
                result = application.perform(asyncDispatch(result)).andReturn();
            return answer(result.getResponse());
        } catch (Exception e) {
            throw new IllegalStateException(request.method() + " " + request.target(), e);
        }
    }

    private static RawHttpClient.Answer answer(MockHttpServletResponse response) {
        Map<String, String> headers = new TreeMap<>();
        for (String name : response.getHeaderNames())
            headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", response.getHeaders(name)));
        return new RawHttpClient.Answer(
                response.getStatus(), headers, new String(response.getContentAsByteArray(), UTF_8));
    }
}
