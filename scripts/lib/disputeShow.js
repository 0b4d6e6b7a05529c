import { chainEvent } from "./chainEvent.js";
import { figures } from "./disputeFigures.js";
import { followDispute } from "./disputedJob.js";
import { NetworkFailure } from "./network.js";
import { NetworkModel } from "./networkModel.js";

const BOND_LIMIT = "5000"; // $OPG
const CLAIM_MINUTES = 15; // of a large model, on a slow machine

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
    await this.#on.prepare(owner.folder, worker.folder, BOND_LIMIT);
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
    const claim = await chainEvent(this.#network.contracts.market, "JobClaimed", job, since, CLAIM_MINUTES);
    return followDispute(this.#network, claim, fault === "none" ? "challenger" : "worker");
  }
}
