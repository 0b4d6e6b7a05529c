import { concat, hexlify, parseEther } from "ethers";

import { INPUTS, drawing } from "./plan.js";
import { FEES } from "./world.js";

const WINDOW = 32; // returns that the model looks at

/** Asks the market, as the treasury, about a few inputs again and again. */
export class Requests {
  count = 0;
  #inputs;

  constructor(world, seed) {
    this.world = world;
    const draw = drawing(seed + 7);
    this.#inputs = Array.from({ length: INPUTS }, () =>
      float32s(Array.from({ length: WINDOW }, () => 0.04 * (draw.next() - 0.5))),
    );
  }

  /** Puts one request into the pool. */
  async send({ input, isDear }) {
    const { contracts, version, kind } = this.world;
    await contracts.market.request(
      {
        version,
        binding: 0,
        acceptUndisputable: false,
        outputsByReference: false,
        callbackGas: 0,
        maxFee: parseEther(isDear ? FEES.dear : FEES.usual),
        bond: 0,
        claimPeriod: 0,
        inputs: [{ kind, data: this.#inputs[input] }],
        references: [],
      },
      { gasLimit: 1_500_000 },
    );
    this.count++;
  }
}

function float32s(numbers) {
  return concat(
    numbers.map((number) => {
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setFloat32(0, number);
      return hexlify(bytes);
    }),
  );
}
