import { Contract, ContractFactory, ZeroAddress, getCreateAddress, isAddress } from "ethers";

import { artifact } from "./artifact.js";
import { chooseCanon } from "./canonChoice.js";

/**
 * Deploys the token, the governor, both registries, the parameter sets, the market and the court with its canon.
 *
 * The worker registry and the market name each other as immutables, and so do the market and the court: addresses are
 * predicted from the deploying account's nonce, so that account must send nothing else meanwhile.
 *
 * @param signer an ethers signer that pays and sends
 * @param profile what `profile(name)` of parameters.js gives
 * @param options.treasury receives the token's supply and the protocol fees; default: the signer
 * @param options.proposer may schedule parameter sets in the governor; default: the signer
 * @param options.court the only account that decides disputes (the zero address: nobody), and no court is deployed
 * @param options.canon "auto" (the default): the precompile where it gives the known answers, else contracts deployed for it; "precompile" or
 *   "contracts"; or the address of what computes steps
 * @param options.onStep called with one line before each deployment
 * @returns contracts by role: token, governor, models, workers, parameterSets, market; with a court: canon, evidence, court, and canonChoice,
 *   what chooseCanon gives
 */
export async function deploy(signer, profile, options = {}) {
  const sender = await signer.getAddress();
  const { treasury = sender, proposer = sender, onStep = () => {} } = options;
  const first = await signer.getNonce();
  const marketAddress = getCreateAddress({ from: sender, nonce: first + 5 });
  const canonChoice = options.court === undefined ? await canonChoiceFor(signer.provider, options.canon) : undefined;
  const canonContracts = canonChoice?.precompile === undefined ? 3 : 0;
  const court = options.court ?? getCreateAddress({ from: sender, nonce: first + 7 + canonContracts });
  let nonce = first;

  const create = async (name, ...constructorArguments) => {
    onStep(`deploying ${name}`);
    const { abi, bytecode } = artifact(name);
    const factory = new ContractFactory(abi, bytecode, signer);
    const contract = await factory.deploy(...constructorArguments, { nonce: nonce++ });
    await contract.waitForDeployment();
    return new Contract(await contract.getAddress(), abi, signer);
  };

  const { market: marketParameters, court: courtParameters, workers: stakes } = profile;
  const token = await create("OPG", treasury);
  // Executors: the zero address lets anyone execute what has waited long enough. No administrator.
  const governor = await create("TimelockController", profile.governor.delay, [proposer], [ZeroAddress], ZeroAddress);
  const models = await create("ModelRegistry");
  const workers = await create(
    "WorkerRegistry",
    token.target,
    marketAddress,
    models.target,
    stakes.minimumStake,
    stakes.cooldown,
    stakes.unbondingDelay,
  );
  const parameterSets = await create(
    "ParameterSets",
    workers.target,
    governor.target,
    marketParameters,
    courtParameters,
  );
  const market = await create(
    "InferenceMarket",
    token.target,
    models.target,
    workers.target,
    parameterSets.target,
    court,
    treasury,
  );
  requireAddress("market", market.target, marketAddress, sender);
  const contracts = { token, governor, models, workers, parameterSets, market };
  if (options.court !== undefined) return contracts;

  onStep(`canon: ${canonChoice.precompile ?? "contracts"}, as ${canonChoice.reason}`);
  const canon = await canonAt(canonChoice.precompile, create);
  const evidence = await create("Evidence", canon.target, market.target, models.target);
  const judge = await create(
    "Court",
    token.target,
    market.target,
    models.target,
    workers.target,
    parameterSets.target,
    evidence.target,
  );
  requireAddress("court", judge.target, court, sender);
  return { ...contracts, canon, canonChoice, evidence, court: judge };
}

const canonChoiceFor = (provider, wanted) =>
  isAddress(wanted) ? { precompile: wanted, reason: "it was asked for" } : chooseCanon(provider, wanted);

async function canonAt(address, create) {
  if (address !== undefined) return new Contract(address, artifact("Canon").abi);
  const functions = await create("CanonFunctions");
  const expressions = await create("CanonExpressions", functions.target);
  return create("Canon", expressions.target);
}

function requireAddress(role, address, predicted, sender) {
  if (address === predicted) return;
  throw new Error(`the ${role} is at ${address}, not at ${predicted}: ${sender} sent something else meanwhile`);
}

const ROLES = {
  token: "OPG",
  models: "ModelRegistry",
  workers: "WorkerRegistry",
  parameterSets: "ParameterSets",
  market: "InferenceMarket",
  court: "Court",
};

/**
 * The contracts of a deployment, by role.
 *
 * @param deployment addresses by role
 * @param runner a signer that sends, or a provider to ask
 */
export const contractsOf = (deployment, runner) =>
  Object.fromEntries(
    Object.entries(ROLES).map(([role, name]) => [role, new Contract(deployment[role], artifact(name).abi, runner)]),
  );
