package ai.opengradient.worker.chain;

/**
 * A version as it stands in the registry.
 *
 * @param id counted from 1 over all models
 * @param model whose version it is
 * @param deprecated no new jobs are taken for it
 * @param content what it fixes
 */
public record PublishedVersion(long id, long model, boolean deprecated, ModelVersion content) {}
