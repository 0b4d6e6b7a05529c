// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Tensor} from "../../contracts/canon/TensorType.sol";
import {IInferenceMarket} from "../../contracts/market/IInferenceMarket.sol";
import {InferenceMarket} from "../../contracts/market/InferenceMarket.sol";
import {IParameterSets} from "../../contracts/market/IParameterSets.sol";
import {ParameterSets} from "../../contracts/market/ParameterSets.sol";
import {IModelRegistry} from "../../contracts/registry/IModelRegistry.sol";
import {ModelRegistry} from "../../contracts/registry/ModelRegistry.sol";
import {WorkerRegistry} from "../../contracts/registry/WorkerRegistry.sol";
import {OPG} from "../../contracts/token/OPG.sol";
import {SmallMarket} from "./SmallMarket.sol";
import {vm} from "./Vm.sol";

/// @notice Stands in for EIP-2935's history contract: every block's hash is known, and differs.
contract EveryBlockHash {
    fallback(bytes calldata number) external returns (bytes memory) {
        return abi.encode(keccak256(number));
    }
}

/// @notice Walks at random through everything that accounts can do to the market and the registry of workers. What is not
///         allowed reverts, and is then no step.
contract LedgerHandler {
    uint256 private constant WORKERS = 3;
    uint256 private constant REQUESTERS = 2;
    address private constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;

    OPG public immutable TOKEN;
    ModelRegistry public immutable MODELS;
    WorkerRegistry public immutable REGISTRY;
    ParameterSets public immutable PARAMETER_SETS;
    InferenceMarket public immutable MARKET;

    address public constant OWNER = address(0x1001);
    address public constant TREASURY = address(0x1002);
    address public constant COURT = address(0x1003);

    /// @notice How often each job was claimed, and left the escrow.
    mapping(uint64 job => uint256) public claims;
    mapping(uint64 job => uint256) public exits;
    /// @notice The state a job ended in.
    mapping(uint64 job => IInferenceMarket.State) public ended;

    error NoJobs();

    constructor() {
        vm.etch(HISTORY, address(new EveryBlockHash()).code);
        vm.warp(1_000_000);
        vm.roll(1_000);
        TOKEN = new OPG(address(this));
        MODELS = new ModelRegistry();
        address market = vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 2);
        REGISTRY = new WorkerRegistry(TOKEN, market, MODELS, 1_000 ether, 200, 200);
        PARAMETER_SETS = new ParameterSets(REGISTRY, address(this), SmallMarket.parameters(250), _courtParameters());
        MARKET = new InferenceMarket(TOKEN, MODELS, REGISTRY, PARAMETER_SETS, COURT, TREASURY);
        _publish();
        for (uint256 i = 0; i < WORKERS; i++) _enrol(i);
        for (uint256 i = 0; i < REQUESTERS; i++) {
            TOKEN.transfer(requester(i), 1_000_000 ether);
            vm.prank(requester(i));
            TOKEN.approve(address(MARKET), type(uint256).max);
        }
        passTime(1);
    }

    function worker(uint256 index) public pure returns (address) {
        return address(uint160(0x2000 + (index % WORKERS)));
    }

    function cold(uint256 index) public pure returns (address) {
        return address(uint160(0x3000 + (index % WORKERS)));
    }

    function requester(uint256 index) public pure returns (address) {
        return address(uint160(0x4000 + (index % REQUESTERS)));
    }

    // Steps of requesters

    function request(uint256 who, uint96 maxFee, uint96 bond, uint32 claimPeriod) external {
        IInferenceMarket.Request memory wanted;
        wanted.version = 1;
        wanted.acceptUndisputable = true;
        wanted.outputsByReference = bond % 2 == 1;
        wanted.maxFee = 2 ether + (maxFee % 10 ether);
        wanted.bond = bond % 3_000 ether;
        wanted.claimPeriod = claimPeriod % 2 == 0 ? 0 : 40 + (claimPeriod % 50);
        wanted.inputs = _tensors();
        vm.prank(requester(who));
        MARKET.request(wanted);
        passTime(1);
    }

    // Steps of workers; those that must be the drawn one's are, half of the time

    function decline(uint256 who, uint256 which) external {
        uint64 job = _job(which);
        address actor = _actor(who, job);
        vm.prank(actor);
        MARKET.decline(job, actor);
    }

    function claim(uint256 who, uint256 which) external {
        uint64 job = _job(which);
        address actor = _actor(who, job);
        Tensor[] memory outputs = _tensors();
        bytes[] memory cids = new bytes[](0);
        if (MARKET.jobOf(job).outputsByReference) {
            outputs[0].data = abi.encode(keccak256(outputs[0].data));
            cids = new bytes[](1);
            cids[0] = hex"01";
        }
        vm.prank(actor);
        MARKET.claim(job, actor, outputs, cids);
        claims[job]++;
    }

    function lease(uint256 who, uint256 which) external {
        uint64 job = _job(which);
        vm.prank(worker(who));
        MARKET.lease(job, worker(who));
    }

    function openOffer(uint256 who, uint96 price, uint96 bondLimit) external {
        vm.prank(worker(who));
        REGISTRY.openOffer(worker(who), 1, price % 8 ether, 500 ether + (bondLimit % 3_000 ether));
    }

    function reprice(uint256 who, uint96 price, uint96 bondLimit) external {
        vm.prank(worker(who));
        REGISTRY.reprice(worker(who), 1, price % 8 ether, 500 ether + (bondLimit % 3_000 ether));
    }

    function closeOffer(uint256 who) external {
        vm.prank(worker(who));
        REGISTRY.closeOffer(worker(who), 1);
    }

    function stake(uint256 who, uint96 amount) external {
        TOKEN.approve(address(REGISTRY), type(uint256).max);
        REGISTRY.stake(worker(who), 1 + (amount % 2_000 ether));
    }

    function startUnbonding(uint256 who, uint96 amount) external {
        vm.prank(cold(who));
        REGISTRY.startUnbonding(worker(who), amount % 2_000 ether);
    }

    function cancelUnbonding(uint256 who) external {
        vm.prank(worker(who));
        REGISTRY.cancelUnbonding(worker(who));
    }

    // Anyone's steps

    function withdrawStake(uint256 who) external {
        REGISTRY.withdrawStake(worker(who));
    }

    function withdraw(uint256 who) external {
        MARKET.withdraw(account(who));
    }

    function burnRequestFees() external {
        MARKET.burnRequestFees();
    }

    function finalise(uint256 which) external {
        MARKET.finalise(_job(which));
        _exit(_job(which));
    }

    function finaliseMany(uint256 which) external {
        uint64[] memory jobs = new uint64[](3);
        bool[3] memory over;
        for (uint256 i = 0; i < 3; i++) {
            jobs[i] = _job(which + i);
            over[i] = ended[jobs[i]] != IInferenceMarket.State.None;
        }
        MARKET.finaliseMany(jobs);
        for (uint256 i = 0; i < 3; i++) {
            bool finalised = MARKET.jobOf(jobs[i]).state == IInferenceMarket.State.Finalised;
            // The list may name a job twice.
            if (finalised && !over[i] && ended[jobs[i]] == IInferenceMarket.State.None) _exit(jobs[i]);
        }
    }

    function expire(uint256 which) external {
        MARKET.expire(_job(which));
        _exit(_job(which));
    }

    function passTime(uint256 amount) public {
        uint256 passed = amount % 8 == 7 ? 100 : 1 + (amount % 40);
        vm.warp(block.timestamp + passed);
        // More than the opcode remembers, so that every hash comes from the history.
        vm.roll(block.number + 300);
    }

    // The court's and the governor's steps

    function freeze(uint256 which) external {
        uint64 job = _job(which);
        vm.prank(COURT);
        MARKET.freeze(job);
    }

    function release(uint256 which) external {
        uint64 job = _job(which);
        vm.prank(COURT);
        MARKET.release(job);
    }

    function refute(uint256 which, uint256 winner) external {
        uint64 job = _job(which);
        vm.prank(COURT);
        MARKET.refute(job, requester(winner));
        _exit(job);
    }

    function addParameters(uint16 basisPoints) external {
        if (PARAMETER_SETS.current() < 5)
            PARAMETER_SETS.add(SmallMarket.parameters(basisPoints % 1_001), _courtParameters());
    }

    /// @notice Every account that the market can owe something.
    function account(uint256 index) public pure returns (address) {
        index %= accounts();
        if (index < WORKERS) return worker(index);
        if (index < WORKERS + REQUESTERS) return requester(index - WORKERS);
        return index == WORKERS + REQUESTERS ? OWNER : TREASURY;
    }

    function accounts() public pure returns (uint256) {
        return WORKERS + REQUESTERS + 2;
    }

    function workers() external pure returns (uint256) {
        return WORKERS;
    }

    function _exit(uint64 job) private {
        exits[job]++;
        ended[job] = MARKET.jobOf(job).state;
    }

    /// @dev One of the last jobs, so that steps meet jobs that are still running.
    function _job(uint256 which) private view returns (uint64) {
        uint64 count = MARKET.jobCount();
        if (count == 0) revert NoJobs();
        uint64 back = uint64(which % 4);
        return back < count ? count - back : count;
    }

    function _actor(uint256 who, uint64 job) private view returns (address) {
        IInferenceMarket.Job memory kept = MARKET.jobOf(job);
        if (who % 2 == 0) return worker(who / 2);
        if (kept.state == IInferenceMarket.State.Leased) return kept.worker;
        return MARKET.drawnWorkerOf(job);
    }

    function _enrol(uint256 index) private {
        vm.prank(worker(index));
        REGISTRY.register(cold(index));
        TOKEN.approve(address(REGISTRY), type(uint256).max);
        REGISTRY.stake(worker(index), 5_000 ether);
        vm.prank(worker(index));
        REGISTRY.openOffer(worker(index), 1, uint96(1 + index) * 0.3 ether, 4_000 ether);
    }

    function _publish() private {
        IModelRegistry.Version memory content = SmallMarket.version(0);
        content.royalty = 1 ether + 1;
        content.bond = 50 ether;
        vm.prank(OWNER);
        MODELS.createModel("Model");
        vm.prank(OWNER);
        MODELS.publish(1, content, new IModelRegistry.ProgramOpening[](0));
    }

    function _tensors() private pure returns (Tensor[] memory) {
        return SmallMarket.tensors(hex"3f800000");
    }

    function _courtParameters() private pure returns (IParameterSets.CourtParameters memory) {
        return
            IParameterSets.CourtParameters({
                openPeriod: 40,
                assertPeriod: 40,
                workerClock: 40,
                challengerClock: 40,
                extension: 10,
                demandLimit: 4,
                answerAllowance: 10 ether
            });
    }
}
