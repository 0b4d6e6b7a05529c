// A chain of Besu's nodes on loopback, each with a key and a plugins folder of its own.
import { copyFileSync, existsSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { JsonRpcProvider, SigningKey, Wallet } from "ethers";

import { freePorts } from "../network.js";
import { NetworkFailure, Processes } from "../processes.js";
import { CHAIN_ID, genesis } from "./genesis.js";

const LOOPBACK = "127.0.0.1";
const APIS = "ETH,NET,WEB3,DEBUG,ADMIN,QBFT,TRACE,TXPOOL";
/** Starts soonest, and leaves memory to others. */
const JAVA_OPTIONS = "-Xmx512m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC";
const CATCHING_UP_BLOCKS = 2;

export class BesuChain extends Processes {
  /**
   * @param directory of everything
   * @param home BESU_HOME: a distribution, with bin/besu
   * @param plugin the plugin's jar; undefined: no node has it
   * @param count of validators
   * @param without number of the validator that is started without the plugin; undefined: none
   */
  constructor(directory, { home, plugin, count, without }) {
    super(directory);
    this.besu = join(home, "bin/besu");
    if (!existsSync(this.besu)) throw new NetworkFailure(`BESU_HOME is ${home}, but there is no ${this.besu}`);
    Object.assign(this, { plugin, count, without });
  }

  /** Starts the nodes, and waits until each of them has blocks. `rules` are the genesis's: activation, specVersion. */
  async start(rules = {}) {
    await this.prepare(rules);
    for (const node of this.nodes) this.startNode(node);
    await Promise.all(this.nodes.map((node) => this.untilBlock(node, CATCHING_UP_BLOCKS)));
  }

  /** Writes genesis, keys and peers. */
  async prepare(rules) {
    const ports = await freePorts(2 * this.count);
    this.rich = Wallet.createRandom();
    this.nodes = Array.from({ length: this.count }, (_, index) => this.#node(index + 1, ports.splice(0, 2)));
    const validators = this.nodes.map(({ address }) => address);
    this.genesisFile = join(this.directory, "genesis.json");
    this.#write("genesis.json", genesis({ validators, rich: this.rich.address, ...rules }));
    const peers = this.nodes.map(({ publicKey, peerPort }) => `enode://${publicKey}@${LOOPBACK}:${peerPort}`);
    for (const { name } of this.nodes) this.#write(`${name}/data/static-nodes.json`, peers);
  }

  #node(number, [rpcPort, peerPort]) {
    const name = `validator-${number}`;
    const { privateKey, address } = Wallet.createRandom();
    this.makeFolder(`${name}/data`);
    const plugins = this.makeFolder(`${name}/plugins`);
    const keyFile = join(this.directory, name, "key");
    writeFileSync(keyFile, privateKey, { mode: 0o600 });
    const rpc = `http://${LOOPBACK}:${rpcPort}`;
    const provider = providerOf(rpc);
    const publicKey = SigningKey.computePublicKey(privateKey).slice(4);
    const node = { number, name, address, publicKey, keyFile, plugins, rpc, rpcPort, peerPort, provider };
    if (this.hasPlugin(name)) this.givePlugin(node);
    return node;
  }

  hasPlugin(name) {
    return this.plugin !== undefined && name !== `validator-${this.without}`;
  }

  /** Puts the plugin where a node finds it at its next start. */
  givePlugin({ plugins }) {
    copyFileSync(this.plugin, join(plugins, basename(this.plugin)));
  }

  /** Starts a node that is not running. */
  startNode(node) {
    const { name, rpcPort, peerPort, keyFile, plugins } = node;
    const options = {
      "data-path": join(this.directory, name, "data"),
      "genesis-file": this.genesisFile,
      "node-private-key-file": keyFile,
      "rpc-http-host": LOOPBACK,
      "rpc-http-port": rpcPort,
      "rpc-http-api": APIS,
      "host-allowlist": "localhost,127.0.0.1",
      "p2p-host": LOOPBACK,
      "p2p-interface": LOOPBACK,
      "p2p-port": peerPort,
      "discovery-enabled": false,
      "sync-min-peers": 1, // a node that comes late would wait for five
      "min-gas-price": 0,
      "color-enabled": false,
    };
    const given = Object.entries(options).map(([option, value]) => `--${option}=${value}`);
    const environment = { BESU_OPTS: `${JAVA_OPTIONS} -Dbesu.plugins.dir=${plugins}` };
    node.process = this.startProcess(name, this.besu, ["--rpc-http-enabled", ...given], environment);
  }

  /** Waits until a node has a block of that number. */
  async untilBlock({ name, process, provider }, number) {
    await this.until(`${name} has block ${number}`, process, async () => (await provider.getBlockNumber()) >= number);
  }

  /** Hash and state root of a block by every node: {number, hashes, stateRoots}, of which each is one where they agree. */
  async agreement(number, nodes = this.nodes) {
    const blocks = await Promise.all(nodes.map(({ provider }) => provider.getBlock(number)));
    const distinct = (values) => [...new Set(values)];
    return {
      number,
      hashes: distinct(blocks.map((block) => block?.hash)),
      stateRoots: distinct(blocks.map((block) => block?.stateRoot)),
    };
  }

  async stop() {
    for (const { provider } of this.nodes ?? []) provider.destroy();
    await super.stop();
  }

  #write(name, content) {
    writeFileSync(join(this.directory, name), `${JSON.stringify(content, null, 2)}\n`);
  }
}

/** It knows the chain: a node that has not started yet need not be asked. */
export const providerOf = (rpc) =>
  new JsonRpcProvider(rpc, CHAIN_ID, { staticNetwork: true, pollingInterval: 100, cacheTimeout: -1 });
