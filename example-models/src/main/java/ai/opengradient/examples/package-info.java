/** The project's own models, trained reproducibly from data that it generates. */
@NullMarked
package ai.opengradient.examples;

import org.jspecify.annotations.NullMarked;
