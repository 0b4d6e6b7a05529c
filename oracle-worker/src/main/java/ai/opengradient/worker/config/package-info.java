/**
 * The configuration: one properties file, overridden by environment variables. Every key is
 * declared once, with its meaning and default, in {@link ai.opengradient.worker.config.Settings};
 * all mistakes of a file are reported at once.
 */
@NullMarked
package ai.opengradient.worker.config;

import org.jspecify.annotations.NullMarked;
