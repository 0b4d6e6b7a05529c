/** Those who lie: for the demo, for measurements and for tests. No package has them. */
@NullMarked
package ai.opengradient.worker.demo;

import org.jspecify.annotations.NullMarked;
