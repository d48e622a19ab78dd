package koinon.http.openapi;

import io.swagger.v3.core.jackson.TypeNameResolver;

/// Names a schema after its type and what that is nested in, `FundView`, so that two types of the same simple
/// name never pass for one another.
final class SchemaNames extends TypeNameResolver {

    @Override
    protected String getNameOfClass(Class<?> type) {
        var outer = type.getEnclosingClass();
        return outer == null
                ? type.getSimpleName()
                : getNameOfClass(outer).replaceFirst("Controller$", "") + type.getSimpleName();
    }
}
