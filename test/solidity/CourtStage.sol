// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Canon} from "../../contracts/canon/Canon.sol";
import {CanonExpressions} from "../../contracts/canon/CanonExpressions.sol";
import {CanonFunctions} from "../../contracts/canon/CanonFunctions.sol";
import {TensorTree} from "../../contracts/canon/TensorTree.sol";
import {Court} from "../../contracts/court/Court.sol";
import {Evidence} from "../../contracts/court/Evidence.sol";
import {ICourt} from "../../contracts/court/ICourt.sol";
import {IParameterSets} from "../../contracts/market/IParameterSets.sol";
import {InferenceMarket} from "../../contracts/market/InferenceMarket.sol";
import {ParameterSets} from "../../contracts/market/ParameterSets.sol";
import {IModelRegistry} from "../../contracts/registry/IModelRegistry.sol";
import {ModelRegistry} from "../../contracts/registry/ModelRegistry.sol";
import {WorkerRegistry} from "../../contracts/registry/WorkerRegistry.sol";
import {OPG} from "../../contracts/token/OPG.sol";
import {CourtActors} from "./CourtActors.sol";
import {EveryBlockHash} from "./LedgerHandler.sol";
import {SmallMarket} from "./SmallMarket.sol";
import {ToyProgram} from "./ToyProgram.sol";
import {vm} from "./Vm.sol";

/// @notice Everything deployed, a version of the toy program, a worker that offers it, and accounts with $OPG.
contract CourtStage {
    address private constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;

    OPG public immutable TOKEN;
    InferenceMarket public immutable MARKET;
    Court public immutable COURT;

    constructor() {
        vm.etch(HISTORY, address(new EveryBlockHash()).code);
        vm.warp(1_000_000);
        vm.roll(1_000);
        vm.fee(1 gwei);
        TOKEN = new OPG(address(this));
        ModelRegistry models = new ModelRegistry();
        Canon canon = new Canon(new CanonExpressions(new CanonFunctions()));
        uint64 nonce = vm.getNonce(address(this));
        address market = vm.computeCreateAddress(address(this), nonce + 2);
        address court = vm.computeCreateAddress(address(this), nonce + 4);
        WorkerRegistry workers = new WorkerRegistry(TOKEN, market, models, 1_000 ether, 200, 200);
        ParameterSets sets = new ParameterSets(workers, address(this), SmallMarket.parameters(250), _courtParameters());
        MARKET = new InferenceMarket(TOKEN, models, workers, sets, court, address(this));
        COURT = new Court(TOKEN, MARKET, models, workers, sets, new Evidence(canon, MARKET, models));
        _publish(models);
        _enrol(workers);
        _fund(CourtActors.REQUESTER, address(MARKET));
        _fund(CourtActors.WATCHER, address(COURT));
        for (uint256 i = 0; i < CourtActors.CHALLENGERS; i++) _fund(CourtActors.challenger(i), address(COURT));
        vm.warp(1_000_001);
    }

    function _publish(ModelRegistry models) private {
        IModelRegistry.Version memory content = SmallMarket.version(ToyProgram.root());
        content.bond = 100 ether;
        content.tracePrice = 2 ether;
        ICourt.ProgramHead memory head = ToyProgram.head();
        IModelRegistry.ProgramOpening[] memory programs = new IModelRegistry.ProgramOpening[](1);
        programs[0].specVersion = head.specVersion;
        programs[0].nodes = head.nodes;
        programs[0].nodesRoot = head.nodesRoot;
        programs[0].outputs = head.outputs;
        programs[0].opened = new IModelRegistry.OpenedNode[](2);
        programs[0].opened[0] = IModelRegistry.OpenedNode(0, ToyProgram.descriptor(0));
        programs[0].opened[1] = IModelRegistry.OpenedNode(2, ToyProgram.descriptor(2));
        programs[0].siblings = ToyProgram.siblingsOfEnds(ToyProgram.programLevels());
        models.createModel("Model");
        models.publish(1, content, programs);
    }

    function _enrol(WorkerRegistry workers) private {
        vm.prank(CourtActors.WORKER);
        workers.register(address(0x3001));
        TOKEN.approve(address(workers), type(uint256).max);
        workers.stake(CourtActors.WORKER, 1_000_000 ether);
        vm.prank(CourtActors.WORKER);
        workers.openOffer(CourtActors.WORKER, 1, 1 ether, 4_000 ether);
    }

    function _fund(address who, address spender) private {
        TOKEN.transfer(who, 1_000_000 ether);
        vm.prank(who);
        TOKEN.approve(spender, type(uint256).max);
    }

    function _courtParameters() private pure returns (IParameterSets.CourtParameters memory) {
        return
            IParameterSets.CourtParameters({
                openPeriod: 80,
                assertPeriod: 60,
                workerClock: 90,
                challengerClock: 90,
                extension: 45,
                demandLimit: 1,
                answerAllowance: 10 ether
            });
    }
}
