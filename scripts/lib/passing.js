/** What passed and what did not, in lines like Mocha's. */
export class Passing {
  #passing = 0;
  #failing = 0;

  /** @param problem what is wrong; absent: nothing is */
  report(name, problem) {
    if (problem) this.#failing++;
    else this.#passing++;
    console.log(`  ${problem ? "✘" : "✔"} ${name}${problem ? `\n${problem}` : ""}`);
  }

  /** Says how many there were, and has the process end accordingly. */
  end() {
    console.log(`\n  ${this.#passing} passing\n  ${this.#failing} failing`);
    process.exitCode = this.#failing > 0 ? 1 : 0;
  }
}
