/** Amounts of $OPG, exact from the command line to the contract. */
@NullMarked
package ai.opengradient.worker.amount;

import org.jspecify.annotations.NullMarked;
