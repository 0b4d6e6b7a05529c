// The models that scripts/bench measures on a network, and what is special about each.
import { drawnSeven } from "./drawnSeven.js";

const STOCK_REFUSES = "OPG-604";

/**
 * @property shape its name for the writer of example networks
 * @property own its file among the models that the project trains itself
 * @property apart whether its weights are in a file of their own
 * @property file its file in ../shared/models, where it is neither of these
 * @property sizes of the dimensions that the file leaves open
 * @property ranges inputs are drawn evenly from; without one floats are normal
 * @property byReference inputs that don't fit a request
 * @property outputsByReference whether the outputs don't fit a claim
 * @property samples random inputs to compare and to calibrate with
 * @property drawn the only input's elements, in place of random ones
 * @property claimPeriod that its worker needs, seconds
 * @property bands by output, where they need not be measured first: what opg model calibrate proposed or a little more, absolute and relative
 * @property refuses the refusal that a command must end with
 */
export const MODELS = [
  {
    name: "volatility",
    title: "volatility",
    own: "volatility.onnx",
    ranges: { returns: [-0.03, 0.03] },
    samples: { compare: 4, calibrate: 4 },
    bands: { volatility: [0, 2e-6] },
  },
  {
    name: "digits",
    title: "digits",
    own: "digits.onnx",
    samples: { compare: 4, calibrate: 4 },
    bands: { logits: [2.4e-5, 3.9e-6] },
  },
  {
    name: "resnet50",
    title: "ResNet-50, 224×224",
    shape: "resnet50",
    byReference: ["pixel_values"],
    samples: { compare: 3, calibrate: 2 },
    bands: { logits: [2.3e-5, 8.6e-6] },
  },
  {
    name: "bert-base",
    title: "BERT-base, 128 tokens",
    shape: "bert-base",
    apart: true,
    ranges: { input_ids: [0, 30521], token_type_ids: [0, 1], attention_mask: [1, 1] },
    samples: { compare: 2, calibrate: 1 },
    claimPeriod: 300,
    bands: { pooled_output: [2.9e-5, 4.4e-5], logits: [0, 2.7e-5] },
  },
  {
    name: "quantised-cnn",
    title: "quantised CNN, 64×64",
    shape: "quantised-cnn",
    samples: { compare: 3, calibrate: 4 },
    bands: {},
  },
  {
    name: "lstm",
    title: "LSTM, 32 steps",
    shape: "lstm",
    sizes: { steps: 32 },
    samples: { compare: 3, calibrate: 4 },
    bands: { forecast: [7.1e-7, 5.7e-6] },
  },
  {
    name: "mnist",
    title: "MNIST digits",
    file: "mnist.onnx",
    drawn: drawnSeven(28),
    bands: { Plus214_Output_0: [3.3e-3, 2.5e-6] },
  },
  {
    name: "super-resolution",
    title: "super resolution, 224×224",
    file: "super_resolution.onnx",
    byReference: ["1"],
    outputsByReference: true,
    samples: { compare: 1, calibrate: 1 },
    bands: {},
    refuses: { compare: STOCK_REFUSES, calibrate: STOCK_REFUSES },
  },
  {
    name: "ultraface",
    title: "UltraFace slim, 320×240",
    file: "ultraface-slim-320.onnx",
    byReference: ["input"],
    outputsByReference: true,
    samples: { compare: 2, calibrate: 2 },
    bands: { scores: [1.7e-6, 5.6e-6], boxes: [3.3e-5, 3.9e-6] },
  },
];
