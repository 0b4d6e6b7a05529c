/**
 * Archives of blocks, CAR version 1: written from any source of blocks, read from anyone, block by
 * block, each of them checked.
 */
@NullMarked
package ai.opengradient.store.car;

import org.jspecify.annotations.NullMarked;
