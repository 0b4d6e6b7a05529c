// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Course, Courses} from "../../contracts/market/Course.sol";
import {IInferenceMarket} from "../../contracts/market/IInferenceMarket.sol";
import {vm} from "./Vm.sol";

contract CourseTest {
    /// @notice Every field comes back, and a change of one leaves the others.
    function testFuzz_fieldsAreApart(
        IInferenceMarket.Request calldata wanted,
        uint64 bondUnits,
        uint16 set,
        uint24 period,
        uint32 now_,
        uint32 number,
        uint24 laterPeriod
    ) external {
        vm.warp(now_);
        vm.roll(number);
        uint96 bond = uint96(bondUnits) * Courses.BOND_UNIT;
        Course course = Courses.begin(wanted, bond, set, period);
        require(course.state() == IInferenceMarket.State.Requested, "state");
        require(course.phaseEnd() == uint40(now_) + period, "phase");
        _checkRest(course, wanted, bond, set);

        course = course.withState(IInferenceMarket.State.Refuted).withPhaseEnd(uint256(now_) + laterPeriod);
        require(course.state() == IInferenceMarket.State.Refuted, "next state");
        require(course.phaseEnd() == uint40(now_) + laterPeriod, "next phase");
        _checkRest(course, wanted, bond, set);
    }

    function _checkRest(Course course, IInferenceMarket.Request calldata wanted, uint96 bond, uint16 set) private view {
        require(course.version() == wanted.version, "version");
        require(course.binding() == wanted.binding, "binding");
        require(course.parameters() == set, "parameters");
        require(course.callbackGas() == wanted.callbackGas, "callbackGas");
        require(course.requestedAt() == block.timestamp, "requestedAt");
        require(course.drawBlock() == block.number + 1, "drawBlock");
        require(course.bond() == bond, "bond");
    }
}
