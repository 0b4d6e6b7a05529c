/** The store as a process: trustless gateway and Kubo RPC over one block store, on loopback. */
@NullMarked
package ai.opengradient.store.server;

import org.jspecify.annotations.NullMarked;
