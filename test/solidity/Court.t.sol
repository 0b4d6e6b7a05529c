// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Court} from "../../contracts/court/Court.sol";
import {ICourt} from "../../contracts/court/ICourt.sol";
import {IInferenceMarket} from "../../contracts/market/IInferenceMarket.sol";
import {CourtActors} from "./CourtActors.sol";
import {CourtHandler} from "./CourtHandler.sol";
import {CourtStage} from "./CourtStage.sol";

/// @notice What holds of the court after every walk. contracts/court/PROPERTIES.md names these tests.
contract CourtTest {
    CourtStage private _stage;
    CourtHandler private _handler;

    function setUp() public {
        _stage = new CourtStage();
        _handler = new CourtHandler(_stage);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    /// @notice The court's $OPG is the bonds of the challenges that are committed or open, plus all balances.
    function invariant_tokensAreBondsAndBalances() external view {
        Court court = _handler.COURT();
        uint256 owed = 0;
        for (uint64 id = 1; id <= court.challengeCount(); id++) {
            ICourt.Challenge memory kept = court.challengeOf(id);
            if (kept.status == ICourt.Status.Committed || kept.status == ICourt.Status.Open) owed += kept.bond;
        }
        for (uint256 i = 0; i < CourtActors.ACCOUNTS; i++) owed += court.balanceOf(CourtActors.account(i));
        require(_stage.TOKEN().balanceOf(address(court)) == owed, "court's tokens");
    }

    /// @notice The court's coin is what was prepaid for questions without answers, plus all balances.
    function invariant_coinIsPrepaymentsAndBalances() external view {
        Court court = _handler.COURT();
        uint256 owed = 0;
        for (uint64 job = 1; job <= _handler.MARKET().jobCount(); job++) {
            for (uint256 i = 0; i < _handler.paths(); i++) owed += court.questionOf(job, _handler.path(i)).prepaid;
        }
        for (uint256 i = 0; i < CourtActors.ACCOUNTS; i++) owed += court.coinOf(CourtActors.account(i));
        require(address(court).balance == owed, "court's coin");
    }

    /// @notice A challenge ends at most once, in a status that it keeps.
    function invariant_challengesEndOnce() external view {
        Court court = _handler.COURT();
        for (uint64 id = 1; id <= court.challengeCount(); id++) {
            ICourt.Status status = court.challengeOf(id).status;
            bool over = status > ICourt.Status.Open;
            require(_handler.ends(id) == (over ? 1 : 0), "ends");
            if (over) require(_handler.ended(id) == status, "terminal status");
        }
    }

    /// @notice A right claim whose worker asserts a right trace and moves in time never falls.
    function invariant_rightClaimsStand() external view {
        for (uint64 job = 1; job <= _handler.MARKET().jobCount(); job++) {
            CourtHandler.Manner memory manner = _handler.mannerOf(job);
            if (manner.wrongClaim || manner.wrongTrace || !manner.diligent) continue;
            require(_handler.COURT().caseOf(job).winner == 0, "a right claim fell");
        }
    }

    /// @notice A wrong claim is never upheld where one honest challenger moves in time.
    function invariant_wrongClaimsFall() external view {
        for (uint64 job = 1; job <= _handler.MARKET().jobCount(); job++) {
            if (!_handler.mannerOf(job).watched) continue;
            require(_handler.COURT().caseOf(job).stage != ICourt.Stage.Upheld, "a wrong claim stands");
            require(_handler.MARKET().jobOf(job).state != IInferenceMarket.State.Finalised, "a wrong claim is final");
        }
    }

    /// @notice The market's state of a job and the court's stage of the dispute say the same; challenges and demands are counted.
    function invariant_caseAgreesWithMarketAndChallenges() external view {
        Court court = _handler.COURT();
        for (uint64 job = 1; job <= _handler.MARKET().jobCount(); job++) {
            ICourt.Case memory dispute = court.caseOf(job);
            IInferenceMarket.State state = _handler.MARKET().jobOf(job).state;
            require((dispute.stage == ICourt.Stage.Disputed) == (state == IInferenceMarket.State.Frozen), "frozen");
            require((dispute.stage == ICourt.Stage.Refuted) == (state == IInferenceMarket.State.Refuted), "refuted");
            uint256 opened = 0;
            uint256 pending = 0;
            for (uint64 id = 1; id <= court.challengeCount(); id++) {
                ICourt.Challenge memory kept = court.challengeOf(id);
                if (kept.job != job || _handler.meant(id) != job) continue;
                if (kept.status == ICourt.Status.Lost) opened++;
                if (kept.status == ICourt.Status.Open) {
                    opened++;
                    pending++;
                }
            }
            if (dispute.stage != ICourt.Stage.Refuted && dispute.winner == 0) {
                require(dispute.opened == opened && dispute.pending == pending, "challenges");
            }
        }
    }

    /// @notice Whatever went before, time and what anyone may do end every dispute, and every bond goes its way.
    function invariant_nothingIsStuck() external {
        _handler.endEverything();
        Court court = _handler.COURT();
        for (uint64 id = 1; id <= court.challengeCount(); id++) {
            require(court.challengeOf(id).status > ICourt.Status.Open, "a challenge is stuck");
            require(_handler.ends(id) == 1, "ends");
        }
        uint256 owed = 0;
        for (uint256 i = 0; i < CourtActors.ACCOUNTS; i++) owed += court.balanceOf(CourtActors.account(i));
        require(_stage.TOKEN().balanceOf(address(court)) == owed, "court's tokens");
        for (uint64 job = 1; job <= _handler.MARKET().jobCount(); job++) {
            require(_handler.MARKET().jobOf(job).state != IInferenceMarket.State.Frozen, "a job is stuck");
        }
    }

    /// @notice The walk's steps lead to both ends.
    function test_theStepsLeadThroughDisputes() external {
        Court court = _handler.COURT();
        _handler.claim(16 + 1); // wrong claim and trace, watched, its worker not diligent
        _handler.assertTrace(0);
        _handler.ask(0, 0, 0);
        _handler.reveal(0, 0, 4);
        _handler.ask(0, 2, 0);
        _handler.reveal(0, 2, 4);
        _handler.passTime(39);
        require(court.caseOf(1).winner == 1, "not refuted");
        _handler.passTime(39);
        _handler.settle(0);
        require(court.caseOf(1).stage == ICourt.Stage.Refuted, "not settled");
        _handler.reclaim(0);
        _handler.claim(3); // right, its worker diligent
        _handler.commit(1, 0, 1);
        _handler.passTime(1);
        _handler.open(0);
        _handler.passTime(1);
        _handler.ask(0, 3, 7);
        _handler.passTime(39);
        _handler.ask(0, 1, 7);
        _handler.passTime(39);
        require(court.caseOf(2).winner == 0 && court.caseOf(2).demands == 0, "not answered");
        _handler.passTime(39);
        _handler.passTime(39);
        _handler.passTime(39);
        _handler.timeout(0);
        _handler.settle(0);
        _handler.finalise(0);
        require(_handler.MARKET().jobOf(2).state == IInferenceMarket.State.Finalised, "not final");
    }
}
