// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Course, Courses} from "../../contracts/market/Course.sol";
import {IInferenceMarket} from "../../contracts/market/IInferenceMarket.sol";
import {vm} from "./Vm.sol";

contract CourseTest {
    /// @dev What a course is told beside the request.
    struct Start {
        uint96 bond;
        uint16 set;
        uint16 basisPoints;
        uint24 period;
        uint32 timestamp;
        uint32 number;
    }

    /// @notice Every field comes back, and a change of one leaves the others.
    function testFuzz_fieldsAreApart(
        IInferenceMarket.Request memory wanted,
        Start memory start,
        uint24 laterPeriod
    ) external {
        wanted.binding %= 16;
        start.bond = (start.bond / Courses.BOND_UNIT) * Courses.BOND_UNIT;
        if (start.bond > Courses.BOND_LIMIT) start.bond = Courses.BOND_LIMIT;
        start.basisPoints %= 1_001;
        vm.warp(start.timestamp);
        vm.roll(start.number);
        Course course = this.begin(wanted, start);
        require(course.state() == IInferenceMarket.State.Requested, "state");
        require(course.phaseEnd() == uint40(start.timestamp) + start.period, "phase");
        _checkRest(course, wanted, start);

        course = course.withState(IInferenceMarket.State.Refuted).withPhaseEnd(uint256(start.timestamp) + laterPeriod);
        require(course.state() == IInferenceMarket.State.Refuted, "next state");
        require(course.phaseEnd() == uint40(start.timestamp) + laterPeriod, "next phase");
        _checkRest(course, wanted, start);
    }

    function begin(
        IInferenceMarket.Request calldata wanted,
        Start calldata start
    ) external view returns (Course course) {
        return Courses.begin(wanted, start.bond, start.set, start.basisPoints, start.period);
    }

    function _checkRest(Course course, IInferenceMarket.Request memory wanted, Start memory start) private pure {
        require(course.version() == wanted.version, "version");
        require(course.binding() == wanted.binding, "binding");
        require(course.protocolFeeBasisPoints() == start.basisPoints, "basis points");
        require(course.parameters() == start.set, "parameters");
        require(course.callbackGas() == wanted.callbackGas, "callbackGas");
        require(course.requestedAt() == start.timestamp, "requestedAt");
        require(course.drawBlock() == uint40(start.number) + 1, "drawBlock");
        require(course.outputsByReference() == wanted.outputsByReference, "by reference");
        require(course.bond() == start.bond, "bond");
    }
}
