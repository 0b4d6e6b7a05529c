// Deploys the contracts to a chain and writes where they are to a file.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { JsonRpcProvider, Network, Wallet, isAddress } from "ethers";

import { PRECOMPILE } from "./lib/canonChoice.js";
import { deploy } from "./lib/deployment.js";
import { profile } from "./lib/parameters.js";

const HELP = `usage: node scripts/deploy.js --rpc URL --profile NAME --out FILE [options]

Deploys OPG, its governor (a timelock), the registries of models and workers, the parameter sets, the
market and the court with its canon, and writes their addresses to FILE as JSON.

  --rpc URL           JSON-RPC address of a node (http or https)
  --profile NAME      profile of contracts/parameters.json: local, consortium, l2, l1
  --profiles FILE     takes the profile from this file instead
  --out FILE          where to write {chainId, genesisHash, blockNumber, token, models, workers,
                      parameterSets, market, court, evidence, canon, canonKind, governor, treasury, profile}
  --key HEX           private key of the account that pays; also as OPG_DEPLOYER_KEY, which keeps it out of
                      the list of processes. Default: the node's first unlocked account
  --treasury ADDRESS  receives the token's supply and the protocol fees; default: the account that pays
  --proposer ADDRESS  may schedule parameter sets in the governor; default: the account that pays
  --canon WHICH       what computes a dispute's step. auto, the default: the precompile at
                      ${PRECOMPILE} where it gives the answers that are known, else contracts
                      deployed for it; precompile: fails without it; contracts
  --court ADDRESS     the only account that decides disputes; no court is deployed then
  --help              this text

exit status: 0 deployed, 1 not deployed, 2 wrong arguments, 3 no chain to deploy to`;

const OPTIONS = {
  rpc: { type: "string" },
  profile: { type: "string" },
  profiles: { type: "string" },
  out: { type: "string" },
  key: { type: "string" },
  treasury: { type: "string" },
  proposer: { type: "string" },
  canon: { type: "string", default: "auto" },
  court: { type: "string" },
  help: { type: "boolean" },
};

class Failure extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

try {
  await main();
} catch (error) {
  // Ethers hides what the node itself said in `error.error`.
  console.error(`deploy: ${error.error?.message ?? error.shortMessage ?? error.message}`);
  process.exitCode = error.status ?? 1;
}

async function main() {
  const options = readArguments();
  if (options.help) {
    console.log(HELP);
    return;
  }
  const chosen = readProfile(options);
  const provider = await connect(options.rpc);
  try {
    const deployment = await deployFrom(await signerOf(provider, options.key), chosen, options);
    writeFileSync(options.out, `${JSON.stringify(deployment, null, 2)}\n`);
    console.log(JSON.stringify(deployment));
  } finally {
    provider.destroy();
  }
}

function readArguments() {
  let values;
  try {
    ({ values } = parseArgs({ options: OPTIONS }));
  } catch (error) {
    throw new Failure(2, `${error.message} (--help tells what there is)`);
  }
  if (values.help) return values;
  const missing = ["rpc", "profile", "out"].filter((name) => !values[name]);
  if (missing.length > 0) {
    throw new Failure(2, `missing ${missing.map((name) => `--${name}`).join(", ")} (--help tells what they are)`);
  }
  for (const name of ["treasury", "proposer", "court"]) {
    if (values[name] !== undefined && !isAddress(values[name])) {
      throw new Failure(2, `--${name} is not an address: ${values[name]}`);
    }
  }
  if (!["auto", "precompile", "contracts"].includes(values.canon)) {
    throw new Failure(2, `--canon is auto, precompile or contracts, not ${values.canon}`);
  }
  return { ...values, key: values.key ?? process.env.OPG_DEPLOYER_KEY };
}

function readProfile({ profile: name, profiles }) {
  try {
    return profile(name, profiles);
  } catch (error) {
    throw new Failure(2, error.message);
  }
}

async function connect(url) {
  let answer;
  try {
    // Asked once by hand: the provider itself would wait for a chain for ever.
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_chainId", params: [] }),
      signal: AbortSignal.timeout(10_000),
    });
    answer = await response.json();
  } catch (error) {
    throw new Failure(3, `no JSON-RPC node answers at ${url} (${error.cause?.code ?? error.message})`);
  }
  if (typeof answer.result !== "string") throw new Failure(3, `${url} does not tell its chain id`);
  const network = Network.from(BigInt(answer.result));
  const provider = new JsonRpcProvider(url, network, { staticNetwork: network });
  provider.pollingInterval = 200; // milliseconds
  return provider;
}

async function signerOf(provider, key) {
  if (key !== undefined) {
    try {
      return new Wallet(key, provider);
    } catch {
      throw new Failure(2, "the key is not a private key (32 bytes in hexadecimal)");
    }
  }
  const [account] = await provider.send("eth_accounts", []);
  if (account === undefined) throw new Failure(2, "the node has no unlocked account: give a --key");
  return provider.getSigner(account);
}

async function deployFrom(signer, chosen, { treasury, proposer, canon, court }) {
  const { provider } = signer;
  const given = Object.fromEntries(
    Object.entries({ treasury, proposer, court }).filter(([, address]) => address !== undefined),
  );
  const genesis = await provider.getBlock(0);
  const blockNumber = await provider.getBlockNumber();
  const { token, governor, models, workers, parameterSets, market, ...judges } = await deploy(signer, chosen, {
    ...given,
    canon,
    onStep: (line) => console.error(line),
  });
  return {
    chainId: Number((await provider.getNetwork()).chainId),
    genesisHash: genesis.hash,
    blockNumber: blockNumber + 1, // none of the contracts' logs lies before this block
    token: token.target,
    models: models.target,
    workers: workers.target,
    parameterSets: parameterSets.target,
    market: market.target,
    court: judges.court?.target ?? court,
    evidence: judges.evidence?.target,
    canon: judges.canon?.target,
    canonKind: kindOf(judges.canonChoice),
    governor: governor.target,
    treasury: treasury ?? (await signer.getAddress()),
    profile: chosen.name,
  };
}

function kindOf(canonChoice) {
  if (canonChoice === undefined) return undefined;
  return canonChoice.precompile === undefined ? "contracts" : "precompile";
}
