/** What the engine's speed is measured with. */
@NullMarked
package ai.opengradient.canon.engine.bench;

import org.jspecify.annotations.NullMarked;
