/**
 * MAP and GATHER: elements are read along the runs of their index maps, and expressions computed
 * primitive by primitive on blocks of elements that stay in the nearest cache.
 */
@NullMarked
package ai.opengradient.canon.engine.map;

import org.jspecify.annotations.NullMarked;
