/**
 * The project's own models, trained reproducibly from data that it generates: {@link
 * ai.opengradient.examples.TrainModels} writes the same bytes on every machine. Arithmetic is plain
 * float and double in a fixed order, functions beyond the square root come from {@link StrictMath},
 * randomness from {@link java.util.Random}, whose sequence Java specifies.
 */
@NullMarked
package ai.opengradient.examples;

import org.jspecify.annotations.NullMarked;
