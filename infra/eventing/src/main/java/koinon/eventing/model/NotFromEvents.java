package koinon.eventing.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a field of an aggregate, or of a part of it, that no event of the aggregate sets, because it comes from
/// foreign events. All other fields are set by the aggregate's own events, which verification checks.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface NotFromEvents {}
