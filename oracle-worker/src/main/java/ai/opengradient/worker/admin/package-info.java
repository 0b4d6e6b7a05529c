/**
 * The worker's loopback HTTP API, through which every command that touches a live worker goes. Each
 * call carries the token of a file that only the worker's user can read.
 */
@NullMarked
package ai.opengradient.worker.admin;

import org.jspecify.annotations.NullMarked;
