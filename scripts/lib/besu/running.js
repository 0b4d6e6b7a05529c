/** The chain and the networks on it, which end together. */
export class Running {
  #parts = [];

  add(part) {
    part.onDeath = (failure) => this.onDeath(failure);
    this.#parts.push(part);
    return part;
  }

  get chain() {
    return this.#parts[0];
  }

  async stop() {
    for (const part of this.#parts.reverse()) await part.stop();
    this.#parts = [];
  }
}
