package ai.opengradient.worker.chain;

/**
 * A model in the registry.
 *
 * @param id counted from 1
 * @param owner who publishes its versions and earns its royalties
 * @param name what people call it; not unique
 */
public record Model(long id, Address owner, String name) {}
