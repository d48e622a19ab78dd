/// The OpenAPI description that an application gives of itself, and values made from its schemas.
@NullMarked
package koinon.testing.openapi;

import org.jspecify.annotations.NullMarked;
