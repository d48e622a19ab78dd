package koinon.gateway.audience;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Names the fact of the published language that a component shows; the contract of that fact says who may see it.
/// A component without this annotation is visible to everybody who may see the object that contains it.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD})
public @interface ShownFrom {

    /// The fact before the approval of the project, `<event type>#<pointer>`; `*` stands for every item of a list.
    String value();

    /// The fact after the approval, if it is another one.
    String approved() default "";
}
