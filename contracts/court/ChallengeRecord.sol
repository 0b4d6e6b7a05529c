// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Duration, Instant} from "./Clock.sol";
import {ICourt} from "./ICourt.sol";
import {Path} from "./Path.sol";

/// @notice A challenge as the court keeps it, in three words, from the lowest bits on:
///
///        challenger 160 | bond 96
///        job 64 | status 8 | since 40 | deadline 40 | workerUsed 32 | challengerUsed 32 | demands 8 | parameters 16 | hasAsked 8
///        commitment 256, until the first question; from then on walked 80 | prepaid 96 | question 80
///
/// @dev The commitment has served when the challenge is open, and a word that is overwritten costs a quarter of a new one.
struct ChallengeRecord {
    address challenger;
    uint96 bond;
    uint64 job;
    ICourt.Status status;
    Instant since;
    Instant deadline;
    Duration workerUsed;
    Duration challengerUsed;
    uint8 demands;
    uint16 parameters; // id of the job's parameter set, from the opening on
    bool hasAsked;
    uint256 last;
}

using ChallengeRecords for ChallengeRecord global;

/// @notice Reads and writes the word that is two things.
library ChallengeRecords {
    uint256 private constant PREPAID_BIT = 80;
    uint256 private constant QUESTION_BIT = 176;

    /// @notice The last question; zero: none.
    function question(ChallengeRecord storage kept) internal view returns (Path) {
        return kept.hasAsked ? Path.wrap(uint80(kept.last >> QUESTION_BIT)) : Path.wrap(0);
    }

    /// @notice What was prepaid for its answer.
    function prepaid(ChallengeRecord storage kept) internal view returns (uint96) {
        return kept.hasAsked ? uint96(kept.last >> PREPAID_BIT) : 0;
    }

    /// @notice The last question that was no demand; zero: none.
    function walked(ChallengeRecord storage kept) internal view returns (Path) {
        return kept.hasAsked ? Path.wrap(uint80(kept.last)) : Path.wrap(0);
    }

    /// @notice Keeps a question.
    function enter(ChallengeRecord storage kept, Path path, uint96 coin, Path nowWalked) internal {
        kept.hasAsked = true;
        kept.last =
            (uint256(Path.unwrap(path)) << QUESTION_BIT) |
            (uint256(coin) << PREPAID_BIT) |
            Path.unwrap(nowWalked);
    }

    /// @notice The challenge as it is told.
    function told(ChallengeRecord storage kept) internal view returns (ICourt.Challenge memory) {
        return
            ICourt.Challenge({
                challenger: kept.challenger,
                bond: kept.bond,
                job: kept.job,
                status: kept.status,
                since: kept.since,
                deadline: kept.deadline,
                workerUsed: kept.workerUsed,
                challengerUsed: kept.challengerUsed,
                demands: kept.demands,
                commitment: kept.job == 0 ? bytes32(kept.last) : bytes32(0),
                question: question(kept),
                prepaid: prepaid(kept),
                walked: walked(kept)
            });
    }
}
