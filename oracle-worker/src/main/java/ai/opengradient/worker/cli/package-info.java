/**
 * The command line {@code opg}. A command reads its arguments, asks the other packages, and gives
 * back one {@link ai.opengradient.worker.cli.Answer}, which {@link ai.opengradient.worker.cli.Opg}
 * prints for people or as one line of JSON. A command that fails throws; the failure's code gives
 * text and exit code.
 */
@NullMarked
package ai.opengradient.worker.cli;

import org.jspecify.annotations.NullMarked;
