package ai.opengradient.worker.cli;

import picocli.CommandLine.Command;

/** The journal's copies. */
@Command(
    name = "journal",
    description = "Copy the worker's journal, and bring a copy back.",
    subcommands = {JournalBackupCommand.class, JournalRestoreCommand.class})
final class JournalCommand extends Group {}
