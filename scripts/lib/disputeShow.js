import { setTimeout as sleep } from "node:timers/promises";

import { figures } from "./disputeFigures.js";
import { followDispute } from "./disputedJob.js";
import { NetworkFailure } from "./network.js";
import { NetworkModel } from "./networkModel.js";

const BOND_LIMIT = "5000"; // $OPG
const CLAIM_SECONDS = 900;

/** One model whose worker answers wrongly in one way after the other, and the dispute about each answer. */
export class DisputeShow {
  #network;
  #model;
  #on;

  /**
   * @param network with contracts: court, market, parameterSets
   * @param model one of exampleModels.js, with bands
   * @param file its ONNX file
   */
  constructor(network, model, file) {
    this.#network = network;
    this.#model = model;
    this.#on = new NetworkModel(network, model, file);
  }

  /** Has the model published, registered, and offered by the worker. */
  async prepare(owner, worker) {
    await this.#on.inspect(owner.folder);
    const bands = Object.entries(this.#model.bands).map(([output, [absolute, relative]]) => ({
      output,
      absolute,
      relative,
    }));
    await this.#on.publish(owner.folder, bands);
    await this.#on.register(owner.folder);
    await this.#on.offer(worker.folder, BOND_LIMIT);
  }

  /**
   * A job and the dispute about its answer.
   *
   * @param parties requester, worker, falseChallenger: folder and ports of each
   * @returns the row: model, title, fault, expected, verdict, refutation, alternations, transactions, failures, gas, steps, largest, finality, seconds; or
   *   failure: why there is no verdict
   */
  async dispute({ name: fault, expected }, parties) {
    const began = performance.now();
    const row = { model: this.#model.name, title: this.#model.title, fault, expected };
    const seconds = () => Number(((performance.now() - began) / 1000).toFixed(1));
    try {
      const { moves, finality } = await this.#withParties(row, parties, () => this.#follow(fault, parties));
      return { ...row, ...figures(moves), finality, seconds: seconds() };
    } catch (failure) {
      if (!(failure instanceof NetworkFailure)) throw failure;
      return { ...row, failure: failure.message, seconds: seconds() };
    }
  }

  /** Has the two sides run that are this dispute's own: who answers, and who challenges a right answer. */
  async #withParties({ model, fault }, { worker, falseChallenger }, action) {
    const names = [`worker-${model}-${fault}`];
    try {
      if (fault === "none") {
        await this.#network.startWorker(names[0], worker.folder, worker.adminPort);
        names.push(`false-challenger-${model}`);
        await this.#network.startFalseChallenger(names[1], falseChallenger.folder);
      } else {
        await this.#network.startLiar(names[0], worker.folder, worker.adminPort, fault);
      }
      return await action();
    } finally {
      for (const name of names) await this.#network.end(name);
    }
  }

  async #follow(fault, { requester }) {
    const since = await this.#network.provider.getBlockNumber();
    const { job } = await this.#on.request(requester.folder);
    const claim = await this.#claim(job, since);
    return followDispute(this.#network, claim, fault === "none" ? "challenger" : "worker");
  }

  async #claim(job, since) {
    const { market } = this.#network.contracts;
    for (let left = CLAIM_SECONDS; left > 0; left--) {
      const [claim] = await market.queryFilter(market.filters.JobClaimed(job), since);
      if (claim) return claim;
      await sleep(1000);
    }
    throw new NetworkFailure(`Nobody claimed job ${job}`);
  }
}
