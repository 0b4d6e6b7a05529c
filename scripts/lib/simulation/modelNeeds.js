import { gasCost, jobBondNeeded } from "./amounts.js";
import { alternations, disputeGas, workerGas } from "./gas.js";
import { MODELS } from "./models.js";
import { failing } from "./properties.js";
import { varied } from "./world.js";

/** What each model asks of its version's bond in such a world, and which properties do not hold for it even so. */
export const modelNeeds = (world) =>
  Object.entries(MODELS).map(([name, model]) => {
    const own = { ...world, model };
    const { gas, court, market, assumed } = world;
    const bond = Math.max(market.minimumBond, jobBondNeeded(own));
    return {
      model: name,
      alternations: alternations(model),
      disputeGas: disputeGas(gas, model),
      workerCost: gasCost(workerGas(gas, model, court.demandLimit), assumed.worstGasPrice),
      bond,
      broken: failing(varied(own, "market.minimumBond", bond)).map((property) => property.name),
    };
  });
