package koinon.platform.web;

import java.util.ArrayList;
import java.util.List;
import koinon.platform.model.Invalid;
import koinon.platform.model.Invalid.Violation;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolverComposite;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ServletInvocableHandlerMethod;

/// Names everything that is wrong with a request at once. Spring stops at the first argument that is wrong, and whoever
/// mends that one hears of the next only then.
final class EveryArgument extends RequestMappingHandlerAdapter {

    private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    @Override
    protected ServletInvocableHandlerMethod createInvocableHandlerMethod(HandlerMethod method) {
        return new Invocable(method);
    }

    private static final class Invocable extends ServletInvocableHandlerMethod {

        private HandlerMethodArgumentResolverComposite resolvers = new HandlerMethodArgumentResolverComposite();
        private @Nullable WebDataBinderFactory binders;

        Invocable(HandlerMethod method) {
            super(method);
        }

        @Override
        public void setHandlerMethodArgumentResolvers(HandlerMethodArgumentResolverComposite resolvers) {
            super.setHandlerMethodArgumentResolvers(resolvers);
            this.resolvers = resolvers;
        }

        @Override
        public void setDataBinderFactory(WebDataBinderFactory binders) {
            super.setDataBinderFactory(binders);
            this.binders = binders;
        }

        @Override
        protected @Nullable Object[] getMethodArgumentValues(
                NativeWebRequest request, @Nullable ModelAndViewContainer model, @Nullable Object... provided)
                throws Exception {
            MethodParameter[] parameters = getMethodParameters();
            @Nullable Object[] values = new Object[parameters.length];
            List<Violation> wrong = new ArrayList<>();
            for (int i = 0; i < parameters.length; i++) {
                parameters[i].initParameterNameDiscovery(NAMES);
                values[i] = findProvidedArgument(parameters[i], provided);
                if (values[i] != null) continue;
                try {
                    values[i] = resolvers.resolveArgument(parameters[i], model, request, binders);
                } catch (Exception e) {
                    List<Violation> here = Problems.violations(e);
                    if (here.isEmpty()) throw e;
                    wrong.addAll(here);
                }
            }
            if (!wrong.isEmpty()) throw new Invalid(wrong);
            return values;
        }
    }
}
