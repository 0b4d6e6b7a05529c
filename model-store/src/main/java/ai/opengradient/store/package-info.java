/** Models by content: named by what they hold, fetched from anyone, verified by us. */
@NullMarked
package ai.opengradient.store;

import org.jspecify.annotations.NullMarked;
