package koinon.gateway.stream;

import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Requests that wait, for events or for a position, run in virtual threads and have time limits of their own.
@Configuration(proxyBeanMethods = false)
class StreamConfiguration implements WebMvcConfigurer {

    @Override
    public void configureAsyncSupport(AsyncSupportConfigurer async) {
        async.setTaskExecutor(new VirtualThreadTaskExecutor("waiting-"));
        async.setDefaultTimeout(-1);
    }
}
