package ai.opengradient.store.manifest;

import ai.opengradient.store.content.ContentId;

/**
 * A model that is in the store.
 *
 * @param manifest where its manifest is, for the registry
 * @param content what the manifest says
 */
public record PublishedModel(ContentId manifest, Manifest content) {}
