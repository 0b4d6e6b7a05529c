/**
 * The part of Kubo's RPC that clients need to add, read and pin, served from a store and called on
 * any Kubo.
 */
@NullMarked
package ai.opengradient.store.kubo;

import org.jspecify.annotations.NullMarked;
