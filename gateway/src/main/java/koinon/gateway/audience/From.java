package koinon.gateway.audience;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Which fact of the published language a component shows: its contract alone says who may see it. A component without
/// it is for whoever may see what it is a part of.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD})
public @interface From {

    /// The fact while the project is not approved, `<event type>#<pointer>`; `*` stands for every item of a list.
    String value();

    /// The fact once it is approved, where that is another one.
    String approved() default "";
}
