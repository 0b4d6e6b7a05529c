import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const artifacts = new URL("../../artifacts/", import.meta.url);

const SOURCES = {
  OPG: "contracts/token/OPG.sol",
  TimelockController: "@openzeppelin/contracts/governance/TimelockController.sol",
  ModelRegistry: "contracts/registry/ModelRegistry.sol",
  WorkerRegistry: "contracts/registry/WorkerRegistry.sol",
  ParameterSets: "contracts/market/ParameterSets.sol",
  InferenceMarket: "contracts/market/InferenceMarket.sol",
  CanonFunctions: "contracts/canon/CanonFunctions.sol",
  CanonExpressions: "contracts/canon/CanonExpressions.sol",
  Canon: "contracts/canon/Canon.sol",
  Evidence: "contracts/court/Evidence.sol",
  Court: "contracts/court/Court.sol",
  VolatilityFee: "contracts/examples/VolatilityFee.sol",
  ICanon: "contracts/canon/ICanon.sol",
  ExactSums: "contracts/canon/arithmetic/ExactSums.sol",
  CallBatch: "contracts/test/CallBatch.sol",
};

/** The artifact of one of our contracts, as Hardhat compiled it. */
export function artifact(name) {
  const path = fileURLToPath(new URL(`${SOURCES[name]}/${name}.json`, artifacts));
  if (!existsSync(path)) {
    throw new Error(`${name} is not compiled (no ${path}): run "npm run compile" first`);
  }
  return JSON.parse(readFileSync(path, "utf8"));
}
