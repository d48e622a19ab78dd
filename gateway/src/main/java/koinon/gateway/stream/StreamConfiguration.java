package koinon.gateway.stream;

import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// A request that waits, for news or for a position, waits in a virtual thread of its own; how long, it says itself.
@Configuration(proxyBeanMethods = false)
class StreamConfiguration implements WebMvcConfigurer {

    @Override
    public void configureAsyncSupport(AsyncSupportConfigurer async) {
        async.setTaskExecutor(new VirtualThreadTaskExecutor("waiting-"));
        async.setDefaultTimeout(-1);
    }
}
