import { gasCost, jobBondNeeded } from "./amounts.js";
import { alternations, disputeGas, workerGas } from "./gas.js";
import { MODELS } from "./models.js";
import { failing } from "./properties.js";
import { varied, worldOf } from "./world.js";

/** What each model asks of its version's bond in a profile, and which properties do not hold for it even so. */
export const modelNeeds = (profile) =>
  Object.keys(MODELS).map((name) => {
    const world = worldOf(profile, name);
    const { gas, model, court, market, assumed } = world;
    const bond = Math.max(market.minimumBond, jobBondNeeded(world));
    return {
      model: name,
      alternations: alternations(model),
      disputeGas: disputeGas(gas, model),
      workerCost: gasCost(workerGas(gas, model, court.demandLimit), assumed.worstGasPrice),
      bond,
      broken: failing(varied(world, "market.minimumBond", bond)).map((property) => property.name),
    };
  });
