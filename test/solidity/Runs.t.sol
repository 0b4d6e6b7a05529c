// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../../contracts/canon/Float32.sol";
import {BigEndian} from "../../contracts/canon/descriptors/BigEndian.sol";
import {Dtypes} from "../../contracts/canon/descriptors/Dtypes.sol";
import {Elements} from "../../contracts/canon/steps/Elements.sol";
import {Runs} from "../../contracts/canon/steps/Runs.sol";

/// @notice Compares the loops over calldata with plain ones.
contract RunsTest {
    uint8[] private _numeric = [1, 2, 3, 6, 7];

    function testFuzz_products(bytes calldata a, bytes calldata b, uint256 dtypeOfA, uint256 dtypeOfB) external view {
        dtypeOfA = _integer(dtypeOfA);
        dtypeOfB = _integer(dtypeOfB);
        int256[] memory first = _elements(a, dtypeOfA);
        int256[] memory second = _elements(b, dtypeOfB);
        uint256 count = first.length < second.length ? first.length : second.length;
        int256 expected = 0;
        for (uint256 i = 0; i < count; i++) expected += first[i] * second[i];
        require(
            Runs.integerProducts(dtypeOfA, _pointer(a), dtypeOfB, _pointer(b), count) == expected,
            "sum of products"
        );
    }

    function testFuzz_integers(bytes calldata a, uint256 dtype) external view {
        dtype = _integer(dtype);
        int256[] memory elements = _elements(a, dtype);
        int256 expected = 0;
        for (uint256 i = 0; i < elements.length; i++) expected += elements[i];
        require(Runs.integers(dtype, _pointer(a), elements.length) == expected, "sum");
    }

    function testFuzz_greatest(bytes calldata a, uint256 dtype, bool smallest, uint256 begin) external view {
        dtype = _numeric[dtype % _numeric.length];
        int256 direction = smallest ? int256(-1) : int256(1);
        int256[] memory elements = _elements(a, dtype);
        int256 best = type(int256).min;
        uint256 place = elements.length;
        // Some runs go on from an element of theirs.
        if (elements.length != 0 && begin % 2 == 0) best = _order(dtype, elements[begin % elements.length], direction);
        int256 started = best;
        for (uint256 i = 0; i < elements.length; i++) {
            int256 order = _order(dtype, elements[i], direction);
            if (order > best) (best, place) = (order, i);
        }
        (int256 order_, uint256 place_) = Runs.greatest(dtype, _pointer(a), elements.length, direction, started);
        require(order_ == best && place_ == place, "greatest");
    }

    function testFuzz_greatestOfHardFloats(uint256 seed, bool smallest) external view {
        uint32[8] memory hard = [0, 0x80000000, 0x7f800000, 0xff800000, 0x7fc00000, 0xff800001, 0x00000001, 0x80000001];
        bytes memory data;
        for (uint256 i = 0; i < 12; i++) data = abi.encodePacked(data, hard[(seed >> (3 * i)) % 8]);
        this.testFuzz_greatest(data, 0, smallest, seed >> 64);
    }

    function testFuzz_all(bytes calldata a) external pure {
        bool expected = true;
        for (uint256 i = 0; i < a.length; i++) expected = expected && a[i] != 0;
        require(Runs.all(_pointer(a), a.length) == expected, "all");
    }

    /// @dev A NaN beyond all, at the end that wins.
    function _order(uint256 dtype, int256 element, int256 direction) private pure returns (int256) {
        if (dtype != 1) return direction * element;
        uint32 bits = uint32(uint256(element));
        if (Float32.isNotANumber(bits)) return Runs.NOT_A_NUMBER;
        return direction * Float32.orderOf(bits);
    }

    function _elements(bytes calldata data, uint256 dtype) private pure returns (int256[] memory elements) {
        uint256 width = Dtypes.widthOf(dtype);
        elements = new int256[](data.length / width);
        for (uint256 i = 0; i < elements.length; i++) {
            elements[i] = Elements.read(dtype, BigEndian.readPlainly(data, i * width, width));
        }
    }

    function _integer(uint256 dtype) private view returns (uint256) {
        return _numeric[1 + (dtype % 4)];
    }

    function _pointer(bytes calldata data) private pure returns (uint256 pointer) {
        assembly ("memory-safe") {
            pointer := data.offset
        }
    }
}
