/** Of the EVM: only what the plugin links against, under Besu's own names. */
@NullMarked
package org.hyperledger.besu.evm.worldstate;

import org.jspecify.annotations.NullMarked;
