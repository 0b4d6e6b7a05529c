// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Instant} from "../../contracts/court/Clock.sol";
import {Court} from "../../contracts/court/Court.sol";
import {ICourt} from "../../contracts/court/ICourt.sol";
import {Path, PathKind, Paths} from "../../contracts/court/Path.sol";
import {IInferenceMarket} from "../../contracts/market/IInferenceMarket.sol";
import {InferenceMarket} from "../../contracts/market/InferenceMarket.sol";
import {CourtActors} from "./CourtActors.sol";
import {CourtStage} from "./CourtStage.sol";
import {SmallMarket} from "./SmallMarket.sol";
import {ToyProgram} from "./ToyProgram.sol";
import {vm} from "./Vm.sol";

/// @notice Walks at random through disputes about the toy program. What is not allowed reverts, and is then no step.
/// @dev Every job has a manner: what its worker claims and asserts, whether it is diligent, and whether a watcher looks at it.
///      Those who are diligent move before time passes. All others do anything, or nothing.
contract CourtHandler {
    struct Manner {
        bool wrongClaim;
        bool wrongTrace;
        bool diligent; // the worker asserts and answers in time
        bool watched; // an honest challenger challenges at once and proves what is wrong
        uint64 watcher; // its challenge
    }

    uint96 private constant BOND = 24 ether; // the least one
    bytes32 private constant SALT = keccak256("salt");

    InferenceMarket public immutable MARKET;
    Court public immutable COURT;

    mapping(uint64 job => Manner) private _manners;
    /// @notice How often each challenge ended.
    mapping(uint64 id => uint256) public ends;
    /// @notice The status a challenge ended in.
    mapping(uint64 id => ICourt.Status) public ended;
    /// @notice The job that a challenge means.
    mapping(uint64 id => uint64) public meant;

    error NothingThere();

    constructor(CourtStage stage) {
        MARKET = stage.MARKET();
        COURT = stage.COURT();
    }

    function mannerOf(uint64 job) external view returns (Manner memory) {
        return _manners[job];
    }

    /// @notice Paths about which this program's jobs can be asked.
    function path(uint256 index) public pure returns (Path) {
        index %= paths();
        if (index == 0) return Paths.pack(PathKind.Nodes, 0, 4, 1);
        if (index == 1) return Paths.pack(PathKind.Leaves, 1, 0, 0);
        if (index == 2) return Paths.pack(PathKind.Leaves, 2, 0, 0);
        return index == 3 ? Paths.pack(PathKind.Input, 0, 0, 0) : Paths.pack(PathKind.Output, 0, 0, 0);
    }

    function paths() public pure returns (uint256) {
        return 5;
    }

    // Steps of the market

    /// @dev Two of three jobs have an honest side that is diligent.
    function claim(uint8 manner) external {
        vm.prank(CourtActors.REQUESTER);
        uint64 job = MARKET.request(_wanted());
        _pass(1);
        Manner storage kept = _manners[job];
        kept.wrongClaim = manner % 3 == 1;
        kept.wrongTrace = manner % 3 == 2 || manner % 6 == 1;
        bool right = !kept.wrongClaim && !kept.wrongTrace;
        kept.diligent = right ? manner % 4 != 0 : manner % 2 == 0;
        kept.watched = !right && (manner >> 4) % 3 != 0;
        vm.prank(CourtActors.WORKER);
        MARKET.claim(job, CourtActors.WORKER, SmallMarket.tensors(_claimOf(job)), new bytes[](0));
        if (!kept.watched) return;
        kept.watcher = _commit(CourtActors.WATCHER, job, BOND);
        _pass(1);
        _open(CourtActors.WATCHER, kept.watcher);
    }

    function finalise(uint256 which) external {
        MARKET.finalise(_job(which));
    }

    // Steps of challengers

    function commit(uint256 who, uint256 which, uint96 bond) external {
        _commit(CourtActors.challenger(who), _job(which), BOND - 1 + (bond % 20 ether));
    }

    function open(uint256 which) external {
        uint64 id = _challenge(which);
        _open(COURT.challengeOf(id).challenger, id);
        _note(id);
    }

    function ask(uint256 which, uint256 question, uint96 surplus) external {
        uint64 id = _challenge(which);
        ICourt.Challenge memory kept = COURT.challengeOf(id);
        Path asked = path(question);
        uint256 value = COURT.prepaymentOf(asked, block.basefee) + (surplus % 1 gwei);
        ICourt.NodeOpening memory node;
        if (asked.kind() == PathKind.Leaves) node = ToyProgram.opening(asked.node());
        vm.deal(kept.challenger, value);
        vm.prank(kept.challenger);
        COURT.ask{value: value}(id, asked, node);
    }

    /// @dev Anyone may try to prove anything of the last node, with what the trace has there.
    function prove(uint256 which, bool step) external {
        uint64 id = _challenge(which);
        _prove(id, step);
    }

    function reclaim(uint256 which) external {
        uint64 id = _challenge(which);
        COURT.reclaim(id);
        _note(id);
    }

    // Steps of workers, and answers by anyone

    function assertTrace(uint256 which) external {
        _assert(_job(which));
    }

    function reveal(uint256 which, uint256 question, uint256 who) external {
        _reveal(_job(which), path(question), CourtActors.account(who));
    }

    // Anyone's steps

    function timeout(uint256 which, uint256 who) external {
        uint64 id = _challenge(which);
        vm.prank(CourtActors.account(who));
        COURT.timeout(id);
        _note(id);
    }

    function forfeit(uint256 which) external {
        uint64 id = _challenge(which);
        COURT.forfeit(id);
        _note(id);
    }

    function settle(uint256 which) external {
        COURT.settle(_job(which));
    }

    function withdraw(uint256 who) external {
        COURT.withdraw(CourtActors.account(who));
    }

    function withdrawCoin(uint256 who) external {
        vm.prank(CourtActors.account(who));
        COURT.withdrawCoin(payable(CourtActors.account(who)));
    }

    function passTime(uint256 amount) external {
        _pass(1 + (amount % 40));
    }

    /// @notice Ends whatever still runs, by nothing but time and what anyone may do.
    function endEverything() external {
        _pass(1_000);
        for (uint64 id = 1; id <= COURT.challengeCount(); id++) {
            ICourt.Status status = COURT.challengeOf(id).status;
            if (status == ICourt.Status.Committed) COURT.forfeit(id);
            // Of a claim that has fallen no challenge is ended against its challenger.
            if (status == ICourt.Status.Open) _tryTimeout(id);
            _noteIfEnded(id);
        }
        _pass(1_000);
        for (uint64 job = 1; job <= MARKET.jobCount(); job++) {
            if (COURT.caseOf(job).stage == ICourt.Stage.Disputed) COURT.settle(job);
        }
        for (uint64 id = 1; id <= COURT.challengeCount(); id++) {
            if (COURT.challengeOf(id).status == ICourt.Status.Open) COURT.reclaim(id);
            _noteIfEnded(id);
        }
    }

    function _tryTimeout(uint64 id) private {
        vm.prank(CourtActors.WATCHER);
        try COURT.timeout(id) {} catch {}
    }

    /// @dev Time passes. The diligent move first.
    function _pass(uint256 time) private {
        for (uint64 job = 1; job <= MARKET.jobCount(); job++) {
            Manner storage manner = _manners[job];
            if (manner.diligent) _defend(job);
            if (manner.watched) _watch(job, manner.watcher);
        }
        vm.warp(block.timestamp + time);
        vm.roll(block.number + 300);
    }

    function _defend(uint64 job) private {
        ICourt.Case memory dispute = COURT.caseOf(job);
        if (dispute.stage != ICourt.Stage.Disputed || dispute.winner != 0) return;
        if (Instant.unwrap(dispute.assertedAt) == 0) _assert(job);
        for (uint256 i = 0; i < paths(); i++) {
            ICourt.Question memory question = COURT.questionOf(job, path(i));
            bool waits = Instant.unwrap(question.askedAt) != 0 && Instant.unwrap(question.revealedAt) == 0;
            if (waits) _reveal(job, path(i), CourtActors.WORKER);
        }
    }

    /// @dev Proves what is wrong as soon as there is a trace; says that there is none when it is due.
    function _watch(uint64 job, uint64 id) private {
        ICourt.Case memory dispute = COURT.caseOf(job);
        if (dispute.stage != ICourt.Stage.Disputed || dispute.winner != 0) return;
        if (Instant.unwrap(dispute.assertedAt) != 0) {
            _prove(id, _manners[job].wrongTrace);
        } else {
            (, Instant deadline) = COURT.turnOf(id);
            if (block.timestamp < Instant.unwrap(deadline)) return;
            vm.prank(CourtActors.WATCHER);
            COURT.timeout(id);
        }
    }

    function _commit(address who, uint64 job, uint96 bond) private returns (uint64 id) {
        bytes32 commitment = keccak256(abi.encode(block.chainid, address(COURT), who, job, SALT));
        vm.prank(who);
        id = COURT.challenge(commitment, bond);
        meant[id] = job;
    }

    function _open(address who, uint64 id) private {
        vm.prank(who);
        COURT.open(id, meant[id], SALT);
    }

    function _assert(uint64 job) private {
        vm.prank(CourtActors.WORKER);
        COURT.assertTrace(job, ToyProgram.topOf(ToyProgram.levels(_last(job))), ToyProgram.head());
    }

    function _prove(uint64 id, bool step) private {
        ICourt.Challenge memory kept = COURT.challengeOf(id);
        uint64 job = meant[id];
        vm.prank(kept.challenger);
        if (step) COURT.proveStep(id, ToyProgram.stepProof(_last(job)));
        else COURT.proveOutput(id, 0, 0, ToyProgram.outputProof(_last(job), _claimOf(job)));
    }

    function _reveal(uint64 job, Path asked, address who) private {
        PathKind kind = asked.kind();
        bytes32[] memory none = new bytes32[](0);
        bytes32[] memory levels = ToyProgram.levels(_last(job));
        if (kind == PathKind.Nodes) {
            bytes32[] memory hashes = new bytes32[](2);
            for (uint256 i = 0; i < 2; i++) hashes[i] = levels[2 * asked.index() + i];
            bytes32[] memory beside = ToyProgram.siblingsOfTop(levels, asked.index());
            vm.prank(who);
            COURT.revealNodes(job, asked, hashes, beside);
        } else if (kind == PathKind.Leaves) {
            bytes memory leaf = ToyProgram.leaf(ToyProgram.element(asked.node(), _last(job)));
            vm.prank(who);
            COURT.revealLeaf(job, asked, leaf, none, ToyProgram.siblings(levels, asked.node()));
        } else if (kind == PathKind.Input) {
            bytes32[] memory inputs = new bytes32[](1);
            inputs[0] = ToyProgram.tensorHash(ToyProgram.ONE);
            vm.prank(who);
            COURT.revealInput(job, asked, ToyProgram.leaf(ToyProgram.ONE), none, inputs);
        } else {
            bytes memory leaf = ToyProgram.leaf(_claimOf(job));
            vm.prank(who);
            COURT.revealOutput(job, asked, leaf, none);
        }
    }

    function _note(uint64 id) private {
        ended[id] = COURT.challengeOf(id).status;
        if (ended[id] > ICourt.Status.Open) ends[id]++;
    }

    function _noteIfEnded(uint64 id) private {
        if (ended[id] <= ICourt.Status.Open && COURT.challengeOf(id).status > ICourt.Status.Open) _note(id);
    }

    /// @dev One of the last jobs, so that steps meet disputes that still run.
    function _job(uint256 which) private view returns (uint64) {
        return _recent(which, MARKET.jobCount());
    }

    function _challenge(uint256 which) private view returns (uint64) {
        return _recent(which, COURT.challengeCount());
    }

    function _recent(uint256 which, uint64 count) private pure returns (uint64) {
        if (count == 0) revert NothingThere();
        uint64 back = uint64(which % 5);
        return back < count ? count - back : count;
    }

    function _claimOf(uint64 job) private view returns (bytes memory) {
        return _manners[job].wrongClaim ? ToyProgram.THREE : ToyProgram.TWO;
    }

    /// @dev What the job's trace has at its last node.
    function _last(uint64 job) private view returns (bytes memory) {
        return _manners[job].wrongTrace ? ToyProgram.THREE : ToyProgram.TWO;
    }

    function _wanted() private pure returns (IInferenceMarket.Request memory wanted) {
        wanted.version = 1;
        wanted.maxFee = 2 ether;
        wanted.inputs = SmallMarket.tensors(ToyProgram.ONE);
    }
}
