@NullMarked
package ai.opengradient.canon.engine.function;

import org.jspecify.annotations.NullMarked;
