/**
 * The plugin beside stand-ins for the parts of Besu that it asks, and against a real Besu's jars.
 */
@NullMarked
package ai.opengradient.besu.plugin;

import org.jspecify.annotations.NullMarked;
