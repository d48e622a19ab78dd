package koinon.platform.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On a field of an aggregate, or of a part of it: no event of the aggregate tells it, since it was heard of others.
/// Everything else is what its own events say, which verification proves.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface BesideEvents {}
