/**
 * Models that the figures are about. Nodes and leaves (of the greatest tensor) are those of docs/benchmarks.md's programs; `stepGas` is the
 * dearest step's; costs in $OPG, where a core's hour is half an $OPG: `filterCost` of a run in ONNX Runtime, `runCost` of one in the canonical
 * engine from cold, `traceCost` of one with its trace committed.
 */
export const MODELS = {
  mnist: {
    nodes: 18,
    leaves: 25,
    stepGas: 500_000,
    proofTransactions: 1,
    tracePrice: 0.05,
    filterCost: 0.0002,
    runCost: 0.0008,
    traceCost: 0.001,
    traceSeconds: 3,
  },
  "resnet-50": {
    nodes: 232,
    leaves: 3_136,
    stepGas: 1_600_000,
    proofTransactions: 1,
    tracePrice: 0.5,
    filterCost: 0.001,
    runCost: 0.0035,
    traceCost: 0.005,
    traceSeconds: 20,
  },
  "bert-base": {
    nodes: 663,
    leaves: 1_536,
    stepGas: 1_700_000,
    proofTransactions: 1,
    tracePrice: 1,
    filterCost: 0.002,
    runCost: 0.007,
    traceCost: 0.01,
    traceSeconds: 40,
  },
  // What the canon's caps allow: its bond and trace price are its owner's to state.
  greatest: {
    nodes: 65_536,
    leaves: 2 ** 24,
    stepGas: 2 ** 26,
    proofTransactions: 8,
    tracePrice: 100,
    filterCost: 1,
    runCost: 5,
    traceCost: 10,
    traceSeconds: 14_400,
  },
};
