// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IInferenceMarket} from "./IInferenceMarket.sol";

/// @notice A job as it lies in storage.
/// @dev Layout, four words. A request writes all, a claim the second and the third, a finalisation the third:
///
///        0  requester 160 | bond 96
///        1  worker 160 | fee 96
///        2  version 32 | binding 8 | state 8 | parameters 16 | callbackGas 24 | requestedAt 40 | drawBlock 40 | phaseLength 24
///           | shortAnswer 64
///        3  inputsHash 256
///
///      An answer of at most eight bytes (a number, a label) lies in the third word, which is written anyway; a longer one in
///      a data contract. The last deadline follows from the parameter set.
struct JobRecord {
    address requester;
    uint96 bond;
    address worker;
    uint96 fee;
    Course course;
    bytes32 inputsHash;
}

/// @notice What a job is about and how far it has come: the third word.
struct Course {
    uint32 version;
    uint8 binding;
    IInferenceMarket.State state;
    uint16 parameters;
    uint24 callbackGas;
    uint40 requestedAt;
    uint40 drawBlock;
    uint24 phaseLength; // seconds from the request to the end of the phase
    bytes8 shortAnswer;
}

using Courses for Course global;

library Courses {
    /// @notice The instant at which the present phase ends.
    function phaseEnd(Course memory course) internal pure returns (uint40) {
        return course.requestedAt + course.phaseLength;
    }

    /// @notice Lets the present phase end at an instant, which the parameters' bounds keep within 2^24 seconds.
    function setPhaseEnd(Course memory course, uint256 instant) internal pure {
        course.phaseLength = uint24(instant - course.requestedAt);
    }
}
