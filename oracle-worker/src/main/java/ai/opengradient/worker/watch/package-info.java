/**
 * The watcher: looks at others' claims and challenges the wrong ones. ONNX Runtime clears most
 * claims cheaply, the canonical engine decides the others. A restart needs the key alone: what was
 * committed to, asked and proved stands on the chain.
 */
@NullMarked
package ai.opengradient.worker.watch;

import org.jspecify.annotations.NullMarked;
