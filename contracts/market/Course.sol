// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IInferenceMarket} from "./IInferenceMarket.sol";

/// @notice What a job is about and how far it has come, in one word that is read and written at once.
/// @dev Layout, most significant bit first:
///
///        255..195  bond         the job bond in units of 10^9: 61 bits hold twice the supply
///        194       byReference  the outputs are given by their tree roots
///        193..170  phaseLength  seconds from the request to the end of the present phase
///        169..130  drawBlock
///        129..90   requestedAt
///         89..66   callbackGas
///         65..50   parameters
///         49..40   basisPoints  of the worker's price, the protocol's fee: the parameters', at most 1,000
///         39..36   state
///         35..32   binding      a version has at most 16
///         31..0    version
type Course is uint256;

using Courses for Course global;

/// @notice Reads and changes a course. A course that was never begun has the state None.
library Courses {
    /// @notice Bonds are multiples of this.
    uint96 internal constant BOND_UNIT = 1 gwei;
    /// @notice The greatest bond.
    uint96 internal constant BOND_LIMIT = ((1 << 61) - 1) * BOND_UNIT;

    uint256 private constant BOND_BIT = 195;
    uint256 private constant BY_REFERENCE_BIT = 194;
    uint256 private constant PHASE_BIT = 170;
    uint256 private constant DRAW_BLOCK_BIT = 130;
    uint256 private constant REQUESTED_AT_BIT = 90;
    uint256 private constant CALLBACK_GAS_BIT = 66;
    uint256 private constant PARAMETERS_BIT = 50;
    uint256 private constant BASIS_POINTS_BIT = 40;
    uint256 private constant BASIS_POINTS_MASK = 0x3ff;
    uint256 private constant STATE_BIT = 36;
    uint256 private constant STATE_MASK = 0xf;
    uint256 private constant BINDING_BIT = 32;
    uint256 private constant BINDING_MASK = 0xf;

    /// @notice The course of a job that is requested now and drawn by the next block.
    /// @param wanted Of a binding that the version has.
    /// @param jobBond A multiple of BOND_UNIT, at most BOND_LIMIT.
    /// @param basisPoints At most 1,000.
    function begin(
        IInferenceMarket.Request calldata wanted,
        uint96 jobBond,
        uint16 parameterSet,
        uint16 basisPoints,
        uint24 claimPeriod
    ) internal view returns (Course) {
        return
            Course.wrap(
                wanted.version |
                    (uint256(wanted.binding) << BINDING_BIT) |
                    (uint256(IInferenceMarket.State.Requested) << STATE_BIT) |
                    (uint256(basisPoints) << BASIS_POINTS_BIT) |
                    (uint256(parameterSet) << PARAMETERS_BIT) |
                    (uint256(wanted.callbackGas) << CALLBACK_GAS_BIT) |
                    (uint256(uint40(block.timestamp)) << REQUESTED_AT_BIT) |
                    (uint256(uint40(block.number + 1)) << DRAW_BLOCK_BIT) |
                    (uint256(claimPeriod) << PHASE_BIT) |
                    (uint256(wanted.outputsByReference ? 1 : 0) << BY_REFERENCE_BIT) |
                    (uint256(jobBond / BOND_UNIT) << BOND_BIT)
            );
    }

    function version(Course course) internal pure returns (uint32) {
        return uint32(Course.unwrap(course));
    }

    function binding(Course course) internal pure returns (uint8) {
        return uint8((Course.unwrap(course) >> BINDING_BIT) & BINDING_MASK);
    }

    function state(Course course) internal pure returns (IInferenceMarket.State) {
        return IInferenceMarket.State((Course.unwrap(course) >> STATE_BIT) & STATE_MASK);
    }

    function protocolFeeBasisPoints(Course course) internal pure returns (uint16) {
        return uint16((Course.unwrap(course) >> BASIS_POINTS_BIT) & BASIS_POINTS_MASK);
    }

    function parameters(Course course) internal pure returns (uint16) {
        return uint16(Course.unwrap(course) >> PARAMETERS_BIT);
    }

    function callbackGas(Course course) internal pure returns (uint24) {
        return uint24(Course.unwrap(course) >> CALLBACK_GAS_BIT);
    }

    function requestedAt(Course course) internal pure returns (uint40) {
        return uint40(Course.unwrap(course) >> REQUESTED_AT_BIT);
    }

    function drawBlock(Course course) internal pure returns (uint40) {
        return uint40(Course.unwrap(course) >> DRAW_BLOCK_BIT);
    }

    /// @notice The instant at which the present phase ends.
    function phaseEnd(Course course) internal pure returns (uint40) {
        return requestedAt(course) + uint24(Course.unwrap(course) >> PHASE_BIT);
    }

    function outputsByReference(Course course) internal pure returns (bool) {
        return (Course.unwrap(course) >> BY_REFERENCE_BIT) & 1 == 1;
    }

    /// @notice The job bond, $OPG with 18 decimals.
    function bond(Course course) internal pure returns (uint96) {
        return uint96(Course.unwrap(course) >> BOND_BIT) * BOND_UNIT;
    }

    function withState(Course course, IInferenceMarket.State next) internal pure returns (Course) {
        uint256 cleared = Course.unwrap(course) & ~(STATE_MASK << STATE_BIT);
        return Course.wrap(cleared | (uint256(next) << STATE_BIT));
    }

    /// @notice The course whose present phase ends at an instant, which the parameters' bounds keep within 2^24 seconds of
    ///         the request.
    function withPhaseEnd(Course course, uint256 instant) internal pure returns (Course) {
        uint256 cleared = Course.unwrap(course) & ~(uint256(type(uint24).max) << PHASE_BIT);
        return Course.wrap(cleared | (uint256(uint24(instant - requestedAt(course))) << PHASE_BIT));
    }
}
