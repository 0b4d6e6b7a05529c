import { AbiCoder, HDNodeWallet, MaxUint256, ZeroHash, id, keccak256, parseEther, toQuantity } from "ethers";

const SEED = id("false challengers").slice(0, 34);
const COIN = parseEther("10");
const FEES = { maxFeePerGas: 1_000_000_000_000n, maxPriorityFeePerGas: 1_000_000_000n, gasLimit: 1_000_000n };
const PREPAYMENT = parseEther("0.01");
const BOND_MONEY = parseEther("1000"); // $OPG

/** Levels of the trace's tree that one answer shows, and the code of a question about them: contracts/court/Path.sol. */
const STRIDE = 4;
const NODES = 1n << 72n;
/** Nobody has to show a node to ask about the trace's tree. */
const NO_NODE = {
  program: { specVersion: 0, nodes: 0, nodesRoot: ZeroHash, outputs: [] },
  descriptor: "0x",
  siblings: [],
};

/** False challengers of one job: each commits, opens, asks once for something of its own where there is enough to ask for, and is silent. */
export class Crowd {
  /** Makes one, with bonds. `nodes` are those of the program. */
  static async of(size, { treasury, contracts, nodes }) {
    const { provider } = treasury;
    const root = HDNodeWallet.fromSeed(SEED);
    const members = Array.from({ length: size }, (_, index) => root.deriveChild(index).connect(provider));
    for (const member of members) await provider.send("hardhat_setBalance", [member.address, toQuantity(COIN)]);
    const crowd = new Crowd(members, contracts, nodes);
    await crowd.#fund(treasury);
    return crowd;
  }

  constructor(members, { token, court }, nodes) {
    this.members = members;
    this.token = token;
    this.court = court;
    this.nodes = nodes;
  }

  /** Commits to challenges, all with the least bond. */
  async commit(job, blocks) {
    this.job = job;
    this.salt = id(`salt of job ${job}`);
    const { chainId } = await this.members[0].provider.getNetwork();
    this.bond = await this.court.minimumBondOf(job);
    const since = (await blocks.number()) + 1;
    await this.#send(blocks, (member, options) =>
      this.court
        .connect(member)
        .challenge(
          keccak256(
            AbiCoder.defaultAbiCoder().encode(
              ["uint256", "address", "address", "uint64", "bytes32"],
              [chainId, this.court.target, member.address, job, this.salt],
            ),
          ),
          this.bond,
          options,
        ),
    );
    const committed = await this.court.queryFilter(this.court.filters.ChallengeCommitted(), since);
    this.challenges = new Map(committed.map(({ args }) => [args.challenger, args.challenge]));
  }

  async open(blocks) {
    await this.#send(blocks, (member, options) =>
      this.court.connect(member).open(this.challenges.get(member.address), this.job, this.salt, options),
    );
  }

  /** Has each ask for the hashes of some nodes; gives how many different questions there are. */
  async ask(blocks) {
    const depth = Math.ceil(Math.log2(this.nodes));
    const level = STRIDE * (Math.ceil(depth / STRIDE) - 1);
    const rows = Math.ceil(this.nodes / 2 ** (depth - level));
    await this.#send(blocks, (member, options, index) =>
      this.court
        .connect(member)
        .ask(this.challenges.get(member.address), NODES | (BigInt(level) << 32n) | BigInt(index % rows), NO_NODE, {
          ...options,
          value: PREPAYMENT,
        }),
    );
    return Math.min(rows, this.members.length);
  }

  /** What the challengers have lost of their bonds. */
  async lost() {
    const lost = await this.court.queryFilter(this.court.filters.ChallengeLost(null, this.job));
    return BigInt(lost.length) * this.bond;
  }

  /** Gives each member a bond; each transaction is a block. */
  async #fund(treasury) {
    for (const member of this.members) {
      await (await this.token.connect(treasury).transfer(member, BOND_MONEY)).wait();
      if ((await this.token.allowance(member, this.court)) === 0n) {
        await (await this.token.connect(member).approve(this.court, MaxUint256)).wait();
      }
    }
  }

  /** Has each member send a transaction, all before the same block, and waits for them. */
  async #send(blocks, send) {
    const { provider } = this.court.runner;
    const sent = await blocks.before(async () => {
      const all = [];
      for (const [index, member] of this.members.entries()) {
        all.push(await send(member, { ...FEES, nonce: await member.getNonce() }, index));
      }
      return all;
    });
    let receipts;
    await blocks.until(async () => {
      receipts = await Promise.all(sent.map(({ hash }) => provider.getTransactionReceipt(hash)));
      return receipts.every((receipt) => receipt !== null);
    });
    const refused = receipts.filter(({ status }) => status !== 1).length;
    if (refused > 0) throw new Error(`${refused} of ${receipts.length} transactions were refused`);
  }
}
