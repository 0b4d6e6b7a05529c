/** Of the protocol schedule: only what the plugin links against, under Besu's own names. */
@NullMarked
package org.hyperledger.besu.ethereum.mainnet;

import org.jspecify.annotations.NullMarked;
