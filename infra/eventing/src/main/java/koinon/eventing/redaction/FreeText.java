package koinon.eventing.redaction;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a text that a person wrote, in an event, in a document or in an answer: the secretariat can redact it. In
/// the contract of an event it is `x-redactable`.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface FreeText {}
