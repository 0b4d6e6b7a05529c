// What one model goes through: its file alone, then on the network. Each step adds to the model's row; what goes otherwise than expected, to its failures.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { CommandFailure, NetworkFailure } from "./network.js";
import { numpyFile } from "./numpyFile.js";
import { randomElements } from "./randomElements.js";

const SEED = 20261128;
const MEMORY = ["--memory-mib", "6144"];
const PRICE = "1"; // amounts in $OPG
const BOND_LIMIT = "500";
const MAX_FEE = "3";

export class ModelShow {
  /**
   * @param model one of exampleModels.js
   * @param file its ONNX file
   * @param tell called with a line for people
   */
  constructor(network, model, file, tell) {
    this.network = network;
    this.model = model;
    this.file = file;
    this.tell = (line) => tell(`${model.name}: ${line}`);
    this.row = { model: model.name, title: model.title, failures: [] };
    this.sizes = Object.entries(model.sizes ?? {}).flatMap(([name, size]) => ["--bind", `${name}=${size}`]);
    this.ranges = Object.entries(model.ranges ?? {}).flatMap(([name, range]) => ["--range", `${name}=${range}`]);
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
      const { version, gas } = await this.network.opg(owner, "model", "register", this.row.manifest);
      this.version = version;
      this.row.registered = { version, gas };
      this.tell(`registered as version ${version}`);
    });
  }

  /** Offers the registered version, for the party of a folder. */
  async offer(worker) {
    if (!this.version) return;
    const terms = ["--price", PRICE, "--bond-limit", BOND_LIMIT];
    await this.#step("serve", async () => this.network.opg(worker, "worker", "serve", `${this.version}`, ...terms));
  }

  /** Requests an answer, follows it to the end and judges it. */
  async ask({ requester, watcher, workerName }) {
    if (!this.version) return;
    await this.#step("request", async () => this.#request(requester));
    if (!this.job) return;
    await this.#step("watch", async () => this.#watch(requester, workerName));
    await this.#step("reproduce", async () => this.#reproduce(watcher));
  }

  async #inspect(folder) {
    const { parameters, opsets, inputs, openDimensions, operators } = await this.#opg(folder, "inspect");
    this.inputs = inputs.map((input) => ({
      ...input,
      shape: input.shape.map((size) => this.model.sizes?.[size] ?? size),
    }));
    this.given = this.inputs.flatMap((input, position) => {
      const path = join(folder, `${this.model.name}-${position}.npy`);
      const elements = this.model.drawn ?? randomElements(input, this.model.ranges?.[input.name], SEED + position);
      writeFileSync(path, numpyFile(input, elements));
      return ["--input", `${input.name}=@${path}`];
    });
    this.row.inspected = { parameters, opsets, openDimensions, operators };
    this.tell(`${parameters} parameters, ${Object.keys(operators).length} operators`);
  }

  async #lower(folder) {
    const { answer, seconds } = await timed(this.#opg(folder, "lower", ...this.sizes));
    const { root, nodes, terms, stepGas, discontinuous } = answer;
    this.row.lowered = { root, nodes, terms, stepGas, discontinuous, seconds };
    this.tell(`lowered in ${seconds} s to ${nodes} nodes, root ${root}`);
  }

  async #compare(folder) {
    const { outputs } = await this.#opg(folder, "compare", ...this.#samples("compare"));
    this.row.compared = { samples: this.model.samples?.compare ?? 1, outputs };
    for (const { output, median, p99, max, apart } of outputs) {
      this.tell(`${output} deviates by ${median} (median), ${p99} (99 %), ${max} (max)`);
      if (apart > 0) throw new NetworkFailure(`${apart} elements of ${output} are not finite on one side only`);
    }
  }

  /** A band that misses a degradation is told as a failure; it stands nevertheless. */
  async #calibrate(folder) {
    const { bands, convictions } = await this.#opg(folder, "calibrate", ...this.#samples("calibrate")).catch(
      (failure) => {
        if (failure.answer?.bands) return failure.answer;
        throw failure;
      },
    );
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
      const run = this.#opg(folder, "run", ...this.sizes, ...this.given, "--engine", engine, ...MEMORY);
      this.row.coldSeconds[engine] = (await timed(run)).seconds;
      this.tell(`one run from cold by the ${engine} engine: ${this.row.coldSeconds[engine]} s`);
    }
  }

  async #publish(owner) {
    const bands = (this.bands ?? [])
      .filter(({ absolute, relative }) => absolute > 0 || relative > 0)
      .flatMap(({ output, absolute, relative }) => ["--band", `${output}=${absolute},${relative}`]);
    const options = ["--licence", "Apache-2.0", "--name", this.model.name, ...this.sizes, ...bands];
    const { manifest } = await this.#opg(owner, "publish", ...options);
    this.row.manifest = manifest;
    this.tell(`published as ${manifest}`);
  }

  async #request(requester) {
    const references = (this.model.byReference ?? []).flatMap((name) => ["--by-reference", name]);
    const period = this.model.claimPeriod ? ["--claim-period", `${this.model.claimPeriod}`] : [];
    const outputs = this.model.outputsByReference ? ["--outputs-by-reference"] : [];
    const options = [...this.given, ...references, ...outputs, ...period, "--max-fee", MAX_FEE];
    const { job, gas } = await this.network.opg(requester, "job", "request", `${this.version}`, ...options);
    this.job = job;
    this.row.job = { job, byReference: references.length > 0, outputsByReference: outputs.length > 0, requestGas: gas };
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
    const inputs = this.model.drawn ? this.given : [...this.ranges, "--samples", `${this.model.samples[command]}`];
    return [...this.sizes, ...inputs, ...MEMORY];
  }

  #opg(folder, command, ...options) {
    return this.network.opg(folder, "model", command, this.file, ...options);
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
