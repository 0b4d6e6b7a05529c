package ai.opengradient.worker.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the journal is kept.
 *
 * @param url of a database of PostgreSQL; empty: a file in the data folder
 * @param password a file that holds the password of the database's user; empty: the address says it
 * @param lease how long the right to act, or to run a task, is given away for at a time
 */
public record JournalSettings(Optional<String> url, Optional<Path> password, Duration lease) {}
