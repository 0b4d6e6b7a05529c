/** Of the plugin API: only what the plugin links against, under Besu's own names. */
@NullMarked
package org.hyperledger.besu.plugin.services.metrics;

import org.jspecify.annotations.NullMarked;
