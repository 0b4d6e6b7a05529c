/**
 * The precompile in Besu: read what the genesis file says, test what is here, register it with
 * every fork, or stop the node and say why. Besu offers plugins no way to add a precompile, so this
 * package reaches into it; nothing else of the module knows of Besu.
 */
@NullMarked
package ai.opengradient.besu.plugin;

import org.jspecify.annotations.NullMarked;
