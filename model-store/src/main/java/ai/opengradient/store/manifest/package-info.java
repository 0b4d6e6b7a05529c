/**
 * What a model is: its file, signature, bands, domains, licence and examples, in one canonical JSON
 * document.
 */
@NullMarked
package ai.opengradient.store.manifest;

import org.jspecify.annotations.NullMarked;
