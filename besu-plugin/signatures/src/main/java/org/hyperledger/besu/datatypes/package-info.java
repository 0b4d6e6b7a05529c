/** Of the data types: only what the plugin links against, under Besu's own names. */
@NullMarked
package org.hyperledger.besu.datatypes;

import org.jspecify.annotations.NullMarked;
