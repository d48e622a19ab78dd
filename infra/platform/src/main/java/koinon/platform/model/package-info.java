/// What every domain is made of: aggregates, events, who acted, money.
@NullMarked
package koinon.platform.model;

import org.jspecify.annotations.NullMarked;
