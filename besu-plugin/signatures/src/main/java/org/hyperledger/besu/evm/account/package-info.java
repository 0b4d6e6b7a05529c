/** Of the EVM: only what the plugin links against, under Besu's own names. */
@NullMarked
package org.hyperledger.besu.evm.account;

import org.jspecify.annotations.NullMarked;
