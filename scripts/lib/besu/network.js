import { NonceManager, Wallet } from "ethers";

import { Network } from "../network.js";
import { providerOf } from "./chain.js";

/** The network of a show on a chain of Besu's, which others started and stop. Its time passes by itself. */
export class BesuNetwork extends Network {
  timeTold = "every clock took its time";

  /**
   * @param chain a BesuChain
   * @param profiles a file with profiles whose clocks are short enough to wait for
   * @param canon what deployments use: auto, precompile or contracts
   */
  constructor(directory, chain, { profiles, canon }) {
    super(directory);
    Object.assign(this, { chain, profiles, canon });
    this.chainName = `Besu, ${chain.count === 1 ? "one validator" : `${chain.count} validators`},`;
  }

  async startChain() {
    [this.node] = this.chain.nodes;
    this.rpc = this.node.rpc;
    this.provider = providerOf(this.rpc);
    this.key = this.chain.rich.privateKey;
    this.treasury = new NonceManager(new Wallet(this.key, this.provider));
    this.treasury.address = this.chain.rich.address;
  }

  /** Nobody can have it pass. */
  async passUntil() {}

  async deploy(profile) {
    process.env.OPG_DEPLOYER_KEY = this.key;
    const deployment = await super.deploy(profile, "--profiles", this.profiles, "--canon", this.canon);
    this.treasury.reset();
    return deployment;
  }
}
