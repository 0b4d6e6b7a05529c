/** The trustless gateway: single blocks over HTTP, served from a store and read from anyone. */
@NullMarked
package ai.opengradient.store.gateway;

import org.jspecify.annotations.NullMarked;
