// How a validator starts, or does not, by what its genesis file says of the precompile.
import { copyFileSync } from "node:fs";
import { join } from "node:path";

import { NoPrecompile, chooseCanon } from "../canonChoice.js";
import { NetworkFailure } from "../processes.js";
import { BesuChain } from "./chain.js";

/** Blocks that a chain is without the precompile, in which its probes have to come. */
const LATER = 40;

/** Rules under which a node must not run, and what its log has to say. */
const REFUSED = [
  {
    name: "other-version",
    what: "another spec version",
    rules: { specVersion: 2 },
    says: /names spec version 2 of the canon, and this plugin computes version 1/,
  },
  {
    name: "no-account",
    what: "no account for the precompile",
    rules: { reserved: false },
    says: /there is no account at/,
  },
  {
    name: "no-block",
    what: "an activation block that no chain reaches",
    rules: { activation: 2n ** 64n },
    says: /names 18446744073709551616 as activation block/,
  },
  {
    name: "two-plugins",
    what: "two copies of the plugin",
    rules: {},
    prepare: ({ plugin, nodes: [{ plugins }] }) => copyFileSync(plugin, join(plugins, "another.jar")),
    says: /this plugin is installed more than once/,
  },
];

/**
 * Starts a validator under rules that it must refuse, one after the other, and one whose precompile becomes active later.
 *
 * @returns {refused, activatedAt}: what was refused, and the block from which on the precompile was chosen
 */
export async function starts(running, telling, directory, options) {
  const refused = [];
  for (const { name, what, rules, prepare, says } of REFUSED) {
    const chain = running.add(new BesuChain(join(directory, name), { ...options, count: 1 }));
    await chain.prepare(rules);
    prepare?.(chain);
    await refuses(chain, says);
    refused.push(what);
    telling.tell(`A validator refuses ${what}`, cause(chain, says));
    await chain.stop();
  }
  return { refused, activatedAt: await activatesLater(running, telling, directory, options) };
}

async function refuses(chain, says) {
  const [node] = chain.nodes;
  chain.startNode(node);
  const status = await chain.untilEnd(node.name);
  if (status === 0 || !says.test(chain.logOf(node.name))) {
    throw new NetworkFailure(`${node.name} ended with ${status}, and its log has no ${says}: ${chain.directory}/logs`);
  }
}

const cause = (chain, says) =>
  chain
    .logOf(chain.nodes[0].name)
    .split("\n")
    .find((line) => says.test(line))
    .replace(/^.*OPG canon: /, "");

/** Before its block the probes find nobody, from then on the precompile. */
async function activatesLater(running, telling, directory, options) {
  const chain = running.add(new BesuChain(join(directory, "later"), { ...options, count: 1 }));
  await chain.start({ activation: LATER });
  const [node] = chain.nodes;
  const { precompile, reason } = await chooseCanon(node.provider);
  const early = await node.provider.getBlockNumber();
  if (precompile !== undefined || early >= LATER) {
    throw new NetworkFailure(
      `the precompile is ${precompile ?? "not there"} by block ${early}, and becomes active at ${LATER}`,
    );
  }
  telling.tell(`Before block ${LATER} contracts are chosen`, reason);
  await chain.untilBlock(node, LATER);
  const chosen = await chosenOnceActive(node);
  telling.tell(`From block ${LATER} on the precompile is chosen`, chosen.reason);
  await chain.stop();
  return LATER;
}

async function chosenOnceActive({ provider }) {
  try {
    return await chooseCanon(provider, "precompile");
  } catch (error) {
    if (!(error instanceof NoPrecompile)) throw error;
    throw new NetworkFailure(`the precompile should be active: ${error.message}`);
  }
}
