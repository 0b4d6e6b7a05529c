// Who takes part: a chain, a store behind a gateway that may fail, a worker and a watcher behind proxies that may fail, and a worker that lies.
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { MaxUint256, Wallet } from "ethers";

import { contractsOf } from "../deployment.js";
import { BAND, MODEL } from "../demo/volatility.js";
import { storedParty, storesOf } from "../storedParty.js";
import { FaultyGateway } from "./gateway.js";
import { Party } from "./party.js";
import { RpcProxy } from "./rpcProxy.js";

const ROOT = resolve(import.meta.dirname, "../../..");
const OPG = join(ROOT, "scripts/opg");
const PROFILES = join(import.meta.dirname, "profiles.json");

/** No reorganisation of a run is deeper. */
export const CONFIRMATIONS = 3;

const SETTINGS = { "chain.confirmations": CONFIRMATIONS, "chain.poll-interval": "250ms" };
const WORKER = { price: "1", stake: "50000", bondLimit: "500" };
const LIAR = { price: "5", stake: "9000", bondLimit: "500" };

/** What requests pay at most, in $OPG: enough for the worker, and for the liar too. */
export const FEES = { usual: "2", dear: "8" };

export class World {
  constructor(network, seed) {
    this.network = network;
    this.seed = seed;
  }

  async start() {
    const { network } = this;
    await network.startChain();
    this.provider = network.provider;
    const deployment = await network.deploy("faults", "--profiles", PROFILES);
    this.contracts = network.contracts = contractsOf(deployment, network.treasury);
    await this.#startStore();
    await this.#startProxies();
    await this.#registerModel();
    const sources = `gateway:http://127.0.0.1:${this.gatewayPort}`;
    this.worker = await this.#worker("worker", WORKER, { "store.sources": sources });
    this.liar = await this.#worker("liar", LIAR, {
      "store.sources": this.store.source,
      "policy.lease": "never",
    });
    this.watcher = await network.fundedParty("watcher", { ...SETTINGS, "store.sources": sources });
    await network.fund(this.watcher.address, "90000");
    this.parties = {
      worker: this.#faced("worker", this.worker, ["worker", "run"]),
      watcher: this.#faced("watcher", this.watcher, ["watch", "run"]),
      store: this.storeParty,
    };
    await (await this.contracts.token.approve(this.contracts.market, MaxUint256)).wait();
    await network.startLiar("liar", this.liar.folder, this.liar.adminPort, "output");
    await this.parties.watcher.start();
    await this.parties.worker.start();
    await network.until("the worker is ready", this.parties.worker.process, () => this.workerStatus());
  }

  /** What the worker says of itself; throws if it says nothing. */
  async workerStatus() {
    const token = readFileSync(join(this.worker.folder, "admin.token"), "utf8").trim();
    const answer = await fetch(`http://127.0.0.1:${this.worker.adminPort}/status`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(2_000),
    });
    return answer.json();
  }

  /** Whether worker or watcher was started and is not up yet. */
  async isStarting() {
    const { worker, watcher } = this.parties;
    return [worker, watcher].some((party) => party.isRunning && !party.isUp);
  }

  /** Starts a second process with the worker's folder and key. */
  startSecondWorker(name) {
    const process = this.network.startProcess(name, OPG, this.parties.worker.args);
    process.isWanted = false;
    return process;
  }

  async #startStore() {
    const [store] = await storesOf(this.network, "owner");
    this.store = store;
    this.owner = await storedParty(this.network, store, {});
    this.storeParty = new Party(this.network, "owner-store", this.owner.folder, ["store", "serve"]);
    this.storeParty.takeOver();
    [this.gatewayPort] = await this.network.ports(1);
    this.gateway = new FaultyGateway(`http://127.0.0.1:${store.gateway}`);
    await this.gateway.listen(this.gatewayPort);
  }

  async #startProxies() {
    const ports = await this.network.ports(2);
    this.proxies = await Promise.all(
      ports.map((port, index) => RpcProxy.start(this.network, `proxy-${index}`, port, this.seed + index)),
    );
  }

  async #registerModel() {
    const { network, owner } = this;
    const stated = ["--name", "volatility", "--licence", "Apache-2.0", "--band", BAND];
    const published = await network.opg(owner.folder, "model", "publish", MODEL, ...stated);
    const registered = await network.opg(owner.folder, "model", "register", published.manifest, "--royalty", "0.25");
    this.version = Number(registered.version);
    const { inputs } = await this.contracts.models.terms(this.version, 0);
    this.kind = inputs[0];
  }

  async #worker(name, { price, stake, bondLimit }, settings) {
    const { network } = this;
    const [adminPort] = await network.ports(1);
    const cold = Wallet.createRandom().address;
    const party = await network.fundedParty(name, { ...SETTINGS, "admin.port": adminPort, ...settings });
    await network.fund(party.address, stake);
    await network.opg(party.folder, "worker", "stake", stake, "--withdrawal", cold);
    await network.opg(party.folder, "worker", "serve", `${this.version}`, "--price", price, "--bond-limit", bondLimit);
    return { ...party, adminPort, cold };
  }

  /** From now on this party asks the chain through the proxies. */
  #faced(name, { folder }, command) {
    const file = join(folder, "opg.properties");
    const rpc = this.proxies.map(({ url }) => url).join(", ");
    writeFileSync(file, readFileSync(file, "utf8").replace(/^chain\.rpc = .*$/m, `chain.rpc = ${rpc}`));
    return new Party(this.network, name, folder, command);
  }
}
