/// What is known here of the cities, heard from their own service.
@NullMarked
package koinon.projects.city;

import org.jspecify.annotations.NullMarked;
