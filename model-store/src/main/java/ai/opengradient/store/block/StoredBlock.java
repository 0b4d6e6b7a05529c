package ai.opengradient.store.block;

import ai.opengradient.store.content.ContentId;
import java.time.Instant;

/**
 * A block on disk.
 *
 * @param length bytes
 * @param lastUsed when it was written or, in a store that counts it, last read
 */
public record StoredBlock(ContentId id, long length, Instant lastUsed) {}
