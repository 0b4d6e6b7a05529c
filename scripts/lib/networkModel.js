import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { numpyFile } from "./numpyFile.js";
import { randomElements } from "./randomElements.js";

const SEED = 20261128;
const PRICE = "1"; // amounts in $OPG
const MAX_FEE = "3";

/** An ONNX file on a network: what its owner, its worker and who asks it do with it, by the commands that users have. */
export class NetworkModel {
  /**
   * @param model one of exampleModels.js
   * @param file its ONNX file
   */
  constructor(network, model, file) {
    this.network = network;
    this.model = model;
    this.file = file;
    /** Options that say the sizes of open dimensions. */
    this.sizes = Object.entries(model.sizes ?? {}).flatMap(([name, size]) => ["--bind", `${name}=${size}`]);
    /** Options that say what inputs are drawn from. */
    this.ranges = Object.entries(model.ranges ?? {}).flatMap(([name, range]) => ["--range", `${name}=${range}`]);
  }

  /** What the file says of itself. Draws inputs, which are given from then on. `folder` is a party's. */
  async inspect(folder) {
    const inspected = await this.opg(folder, "inspect");
    /** Options that give the inputs. */
    this.given = inspected.inputs.flatMap((input, position) => {
      const path = join(folder, `${this.model.name}-${position}.npy`);
      const shaped = { ...input, shape: input.shape.map((size) => this.model.sizes?.[size] ?? size) };
      const elements = this.model.drawn ?? randomElements(shaped, this.model.ranges?.[input.name], SEED + position);
      writeFileSync(path, numpyFile(shaped, elements));
      return ["--input", `${input.name}=@${path}`];
    });
    return inspected;
  }

  /**
   * Publishes. `owner` is the folder of the party that owns the model.
   *
   * @param bands output, absolute and relative; the other outputs are exact
   */
  async publish(owner, bands) {
    const stated = bands
      .filter(({ absolute, relative }) => absolute > 0 || relative > 0)
      .flatMap(({ output, absolute, relative }) => ["--band", `${output}=${absolute},${relative}`]);
    const options = ["--licence", "Apache-2.0", "--name", this.model.name, ...this.sizes, ...stated];
    this.manifest = (await this.opg(owner, "publish", ...options)).manifest;
    return this.manifest;
  }

  /** Registers what was published; gives version and gas. */
  async register(owner) {
    const registered = await this.network.opg(owner, "model", "register", this.manifest);
    this.version = registered.version;
    return registered;
  }

  /** Offers the registered version, for the party of a folder. */
  async offer(worker, bondLimit) {
    const terms = ["--price", PRICE, "--bond-limit", bondLimit];
    return this.network.opg(worker, "worker", "serve", `${this.version}`, ...terms);
  }

  /** Requests an answer to the given inputs; gives job and gas. */
  async request(requester) {
    const references = (this.model.byReference ?? []).flatMap((name) => ["--by-reference", name]);
    const period = this.model.claimPeriod ? ["--claim-period", `${this.model.claimPeriod}`] : [];
    const outputs = this.model.outputsByReference ? ["--outputs-by-reference"] : [];
    const options = [...this.given, ...references, ...outputs, ...period, "--max-fee", MAX_FEE];
    return this.network.opg(requester, "job", "request", `${this.version}`, ...options);
  }

  /** Runs one of the commands about a file, for the party of a folder. */
  opg(folder, command, ...options) {
    return this.network.opg(folder, "model", command, this.file, ...options);
  }
}
