/** The oracle worker: reads jobs from the chain, runs models, answers and is paid. */
@NullMarked
package ai.opengradient.worker;

import org.jspecify.annotations.NullMarked;
