// What one model goes through: its file alone, then on the network. Each step adds to the model's row; what goes otherwise than expected, to its failures.
import { CommandFailure, NetworkFailure } from "./network.js";
import { NetworkModel } from "./networkModel.js";

const MEMORY = ["--memory-mib", "6144"];
const BOND_LIMIT = "500"; // $OPG

export class ModelShow {
  /**
   * @param model one of exampleModels.js
   * @param file its ONNX file
   * @param tell called with a line for people
   */
  constructor(network, model, file, tell) {
    this.network = network;
    this.model = model;
    this.on = new NetworkModel(network, model, file);
    this.tell = (line) => tell(`${model.name}: ${line}`);
    this.row = { model: model.name, title: model.title, failures: [] };
  }

  /** What the file alone tells. `folder` is a party's. */
  async measure(folder) {
    await this.#step("inspect", async () => this.#inspect(folder));
    await this.#step("lower", async () => this.#lower(folder));
    await this.#step("compare", async () => this.#compare(folder));
    await this.#step("calibrate", async () => this.#calibrate(folder));
    await this.#step("run", async () => this.#run(folder));
  }

  /** Publishes and registers. `owner` is the folder of the party that owns the model. */
  async register(owner) {
    await this.#step("publish", async () => this.#publish(owner));
    if (!this.row.manifest) return;
    await this.#step("register", async () => {
      const { version, gas } = await this.on.register(owner);
      this.row.registered = { version, gas };
      this.tell(`registered as version ${version}`);
    });
  }

  /** Offers the registered version, for the party of a folder. */
  async offer(worker) {
    if (!this.on.version) return;
    await this.#step("serve", async () => this.on.offer(worker, BOND_LIMIT));
  }

  /** Requests an answer, follows it to the end and judges it. */
  async ask({ requester, watcher, workerName }) {
    if (!this.on.version) return;
    await this.#step("request", async () => this.#request(requester));
    if (!this.job) return;
    await this.#step("watch", async () => this.#watch(requester, workerName));
    await this.#step("reproduce", async () => this.#reproduce(watcher));
  }

  async #inspect(folder) {
    const { parameters, opsets, openDimensions, operators } = await this.on.inspect(folder);
    this.row.inspected = { parameters, opsets, openDimensions, operators };
    this.tell(`${parameters} parameters, ${Object.keys(operators).length} operators`);
  }

  async #lower(folder) {
    const { answer, seconds } = await timed(this.on.opg(folder, "lower", ...this.on.sizes));
    const { root, nodes, terms, stepGas, discontinuous } = answer;
    this.row.lowered = { root, nodes, terms, stepGas, discontinuous, seconds };
    this.tell(`lowered in ${seconds} s to ${nodes} nodes, root ${root}`);
  }

  async #compare(folder) {
    const { outputs } = await this.on.opg(folder, "compare", ...this.#samples("compare"));
    this.row.compared = { samples: this.model.samples?.compare ?? 1, outputs };
    for (const { output, median, p99, max, apart } of outputs) {
      this.tell(`${output} deviates by ${median} (median), ${p99} (99 %), ${max} (max)`);
      if (apart > 0) throw new NetworkFailure(`${apart} elements of ${output} are not finite on one side only`);
    }
  }

  /** A band that misses a degradation is told as a failure; it stands nevertheless. */
  async #calibrate(folder) {
    const { bands, convictions } = await this.on
      .opg(folder, "calibrate", ...this.#samples("calibrate"))
      .catch((failure) => {
        if (failure.answer?.bands) return failure.answer;
        throw failure;
      });
    this.bands = bands;
    this.row.bands = bands;
    this.row.convictions = convictions;
    for (const { degradation, convicted, samples } of convictions)
      this.tell(`${degradation}: ${convicted} of ${samples} convicted`);
    const missed = convictions.filter((each) => each.missed).map(({ degradation }) => degradation);
    if (missed.length > 0) throw new NetworkFailure(`the band misses ${missed.join(", ")}`);
  }

  /** One run of either engine from cold: process, loading or lowering, answer. */
  async #run(folder) {
    this.row.coldSeconds = {};
    const engines = this.model.refuses?.compare ? ["canonical"] : ["stock", "canonical"];
    for (const engine of engines) {
      const run = this.on.opg(folder, "run", ...this.on.sizes, ...this.on.given, "--engine", engine, ...MEMORY);
      this.row.coldSeconds[engine] = (await timed(run)).seconds;
      this.tell(`one run from cold by the ${engine} engine: ${this.row.coldSeconds[engine]} s`);
    }
  }

  async #publish(owner) {
    this.row.manifest = await this.on.publish(owner, this.bands ?? []);
    this.tell(`published as ${this.row.manifest}`);
  }

  async #request(requester) {
    const { job, gas } = await this.on.request(requester);
    this.job = job;
    const { byReference, outputsByReference } = this.model;
    this.row.job = {
      job,
      byReference: Boolean(byReference),
      outputsByReference: Boolean(outputsByReference),
      requestGas: gas,
    };
    this.tell(`job ${job} is requested`);
  }

  async #watch(requester, workerName) {
    const claimed = await this.network.opg(requester, "job", "watch", `${this.job}`, "--until", "answered");
    const { state, worker, fee } = await this.network.opg(requester, "job", "watch", `${this.job}`);
    const told = this.network
      .logOf(workerName)
      .match(new RegExp(`Job ${this.job}: answered in (\\S+) s by ([^\\n"]+)`));
    const engine = told?.[2].startsWith("Profile[") ? "ONNX Runtime" : told?.[2];
    const answered = told ? { engine, workerSeconds: Number(Number(told[1]).toPrecision(3)) } : {};
    Object.assign(this.row.job, { state, worker, fee, claimSeconds: await this.#claimSeconds(claimed), ...answered });
    this.tell(`job ${this.job} is ${state}; answered by ${engine}`);
  }

  /** Chain time from request to claim. */
  async #claimSeconds({ requestedAt, phaseEnd }) {
    return phaseEnd - this.network.challengeWindow - requestedAt;
  }

  async #reproduce(watcher) {
    const { right, root, outputs } = await this.network.opg(watcher, "reproduce", `${this.job}`, ...MEMORY);
    this.row.reproduced = { right, root, deviations: outputs.map(({ deviation }) => deviation) };
    this.tell(`reproduced: ${right ? "right" : "WRONG"}`);
    if (root !== this.row.lowered?.root) throw new NetworkFailure(`the root is ${root}`);
  }

  #samples(command) {
    const inputs = this.model.drawn
      ? this.on.given
      : [...this.on.ranges, "--samples", `${this.model.samples[command]}`];
    return [...this.on.sizes, ...inputs, ...MEMORY];
  }

  /** Does a step, or notes what it was refused with. */
  async #step(name, action) {
    const expected = this.model.refuses?.[name];
    try {
      await action();
      if (expected) this.#fail(`${name} was not refused with ${expected}`);
    } catch (failure) {
      if (!(failure instanceof NetworkFailure)) throw failure;
      const refusal = failure instanceof CommandFailure ? failure.refusal : undefined;
      if (!expected || refusal?.code !== expected) {
        this.#fail(`${name}: ${failure.message}`);
        return;
      }
      this.row.refused = { ...this.row.refused, [name]: { code: expected, detail: refusal.detail.trim() } };
      this.tell(`${name} is refused, as it must be: ${expected}, ${refusal.detail.trim()}`);
    }
  }

  #fail(reason) {
    this.row.failures.push(reason);
    this.tell(`FAILED: ${reason}`);
  }
}

async function timed(promise) {
  const began = performance.now();
  const answer = await promise;
  return { answer, seconds: Number(((performance.now() - began) / 1000).toFixed(1)) };
}
