/// What the gateway knows of cities, calls, funds and funders: joined to a status when it is written.
@NullMarked
package koinon.gateway.directory;

import org.jspecify.annotations.NullMarked;
