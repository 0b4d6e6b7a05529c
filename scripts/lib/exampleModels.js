// The models that scripts/bench models shows, and what is special about each.
import { drawnSeven } from "./drawnSeven.js";

const STOCK_REFUSES = "OPG-604";

/**
 * @property shape its name for the writer of example networks; without it the file lies in ../shared/models
 * @property sizes of the dimensions that the file leaves open
 * @property ranges inputs are drawn evenly from; without one floats are normal
 * @property byReference inputs that don't fit a request
 * @property outputsByReference whether the outputs don't fit a claim
 * @property samples random inputs to compare and to calibrate with
 * @property drawn the only input's elements, in place of random ones
 * @property refuses the refusal that a command must end with
 */
export const MODELS = [
  {
    name: "resnet50",
    title: "ResNet-50, 224×224",
    shape: "resnet50",
    byReference: ["pixel_values"],
    samples: { compare: 3, calibrate: 2 },
  },
  {
    name: "bert-base",
    title: "BERT-base, 128 tokens",
    shape: "bert-base",
    ranges: { input_ids: [0, 30521], token_type_ids: [0, 1], attention_mask: [1, 1] },
    samples: { compare: 2, calibrate: 1 },
    claimPeriod: 300,
  },
  {
    name: "quantised-cnn",
    title: "quantised CNN, 64×64",
    shape: "quantised-cnn",
    samples: { compare: 3, calibrate: 4 },
  },
  {
    name: "lstm",
    title: "LSTM, 32 steps",
    shape: "lstm",
    sizes: { steps: 32 },
    samples: { compare: 3, calibrate: 4 },
  },
  {
    name: "mnist",
    title: "MNIST digits",
    file: "mnist.onnx",
    drawn: drawnSeven(28),
  },
  {
    name: "super-resolution",
    title: "super resolution, 224×224",
    file: "super_resolution.onnx",
    byReference: ["1"],
    outputsByReference: true,
    samples: { compare: 1, calibrate: 1 },
    refuses: { compare: STOCK_REFUSES, calibrate: STOCK_REFUSES },
  },
  {
    name: "ultraface",
    title: "UltraFace slim, 320×240",
    file: "ultraface-slim-320.onnx",
    byReference: ["input"],
    outputsByReference: true,
    samples: { compare: 2, calibrate: 2 },
  },
];
