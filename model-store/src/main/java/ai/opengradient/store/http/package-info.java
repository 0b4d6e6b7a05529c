/**
 * Bounded HTTP calls for the gateway's and Kubo's clients: an answer never takes more memory than
 * the caller allowed.
 */
@NullMarked
package ai.opengradient.store.http;

import org.jspecify.annotations.NullMarked;
