// What every demo begins with: a chain, a store, a registered model, workers, and a contract that asks.
import { Wallet } from "ethers";

import { contractsOf } from "../deployment.js";
import { storedParty, storesOf } from "../storedParty.js";
import { BAND, MODEL, deployConsumer } from "./volatility.js";

const ROYALTY = "0.25"; // $OPG

export class DemoStage {
  /** @param profile of contracts/parameters.json */
  constructor(network, telling, profile) {
    this.network = network;
    this.telling = telling;
    this.profile = profile;
    /** Who has an address. */
    this.names = {};
  }

  /**
   * Sets all of it up.
   *
   * @param workers name, price, stake, bondLimit and, of one that lies, its lie
   */
  async start(workers) {
    this.contracts = this.network.contracts = await this.#startChain();
    const owner = await this.#startStore();
    this.version = await this.#registerModel(owner);
    this.workers = await Promise.all(workers.map((worker) => this.#startWorker(worker)));
    this.consumer = await deployConsumer(this.contracts, this.version, this.telling);
  }

  /** A party with money and access to the store. */
  async party(name, settings = {}) {
    const party = await this.network.fundedParty(name, { "store.sources": this.network.store, ...settings });
    this.names[party.address] = name;
    return party;
  }

  nameOf(address) {
    return this.names[address] ?? address;
  }

  async #startChain() {
    const { network } = this;
    await network.startChain();
    const { treasury } = network;
    const deployment = await network.deploy(this.profile);
    this.telling.tell(
      "A chain, and the contracts on it",
      `${network.chainName} at ${network.rpc}, chain id ${deployment.chainId}`,
      `$OPG ${deployment.token}`,
      `models ${deployment.models}, workers ${deployment.workers}, market ${deployment.market}, court ${deployment.court}`,
      `the court computes by ${deployment.canonKind === "precompile" ? "the chain's precompile" : "contracts"}, ${deployment.canon}`,
    );
    return { treasury, ...contractsOf(deployment, treasury) };
  }

  async #startStore() {
    const { network } = this;
    const [store] = await storesOf(network, "owner");
    const { folder } = await storedParty(network, store);
    network.store = store.source;
    this.telling.tell(
      "A model store",
      `a trustless IPFS gateway at http://127.0.0.1:${store.gateway}, Kubo's RPC at http://127.0.0.1:${store.rpc}`,
    );
    return folder;
  }

  async #registerModel(owner) {
    const stated = ["--name", "volatility", "--licence", "Apache-2.0", "--band", BAND];
    const published = await this.network.opg(owner, "model", "publish", MODEL, ...stated);
    const registered = await this.network.opg(owner, "model", "register", published.manifest, "--royalty", ROYALTY);
    this.telling.tell(
      "A model, published and registered",
      "volatility.onnx: from the last 32 returns of a price to the volatility to expect",
      `manifest ${published.manifest}`,
      `program ${registered.programs[0]}: what a court would judge by`,
      `version ${registered.version}, royalty ${ROYALTY} OPG a job`,
    );
    return registered.version;
  }

  async #startWorker({ name, price, stake, bondLimit, lie }) {
    const { network } = this;
    const [adminPort] = await network.ports(1);
    const cold = Wallet.createRandom().address;
    const { folder, address } = await this.party(name, { "admin.port": adminPort });
    await network.opg(folder, "worker", "stake", stake, "--withdrawal", cold);
    await network.opg(folder, "worker", "serve", `${this.version}`, "--price", price, "--bond-limit", bondLimit);
    if (lie) await network.startLiar(name, folder, adminPort, lie);
    else await network.startWorker(name, folder, adminPort);
    this.telling.tell(
      `Worker ${name}`,
      `${address}, ${stake} OPG staked, ${price} OPG a job; paid to ${cold}`,
      ...(lie ? [LIES[lie]] : []),
    );
    return { name, folder, address, lie };
  }
}

/** What a worker that lies does, as people are told. */
export const LIES = {
  output: "it lies: it will move one number of its answer out of the model's band",
  silent: "it lies: it will move one number of its answer out of the band, and say nothing in court",
  tree: "it lies: it will move one number of its answer out of the band, and assert a trace of hashes of nothing",
  padding: "it lies: it will move one number of its answer out of the band, and hide bytes behind a tensor's end",
  weights: "it lies: it runs the model with weights of 8 bits",
  weight: "it lies: it runs the model with one weight's sign changed",
  fp16: "it lies: it computes with the precision of float16",
  input: "it lies: it runs the model on another input than the job's",
  "first-node": "it lies: one element of the first computed tensor is wrong, and all that follows from it",
  "middle-node": "it lies: one element of a tensor half-way is wrong, and all that follows from it",
  "last-node": "it lies: one element of the last computed tensor is wrong",
  "longest-fold": "it lies: one element of the tensor with the longest sums is wrong, and all that follows from it",
};
