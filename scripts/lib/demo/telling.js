/** Tells people what happens, step by step, with the seconds since the beginning. */
export class Telling {
  #out;
  #began = performance.now();
  #step = 0;

  /** @param out stream that people read */
  constructor(out) {
    this.#out = out;
  }

  get seconds() {
    return Number(((performance.now() - this.#began) / 1000).toFixed(1));
  }

  say(line) {
    this.#out.write(`${line}\n`);
  }

  /** The next step, and what there is to say about it. */
  tell(title, ...details) {
    this.say(`\n${++this.#step}. ${title}  (${this.seconds} s)`);
    this.add(...details);
  }

  /** More about the step. */
  add(...details) {
    for (const detail of details) this.say(`   ${detail}`);
  }
}
