// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ExactSum} from "../../contracts/canon/arithmetic/ExactSum.sol";
import {ExactSums} from "../../contracts/canon/arithmetic/ExactSums.sol";

contract ExactSumTest {
    /// @dev The leaf in assembly and its plain twin fill the same bins, wherever the runs lie and however long they
    ///      are.
    function testFuzz_runsAddWhatTheirTermsAdd(bytes calldata a, bytes calldata b, uint8 skipped) external view {
        uint256 count = (a.length < b.length ? a.length : b.length) / 4;
        uint256 from = count == 0 ? 0 : skipped % count;
        a = a[4 * from:];
        b = b[4 * from:];
        count -= from;
        ExactSum memory plain;
        for (uint256 term = 0; term < count; term++) plain.addProduct(_at(a, term), _at(b, term));
        _requireSame(this.runs(a, b, count), plain);

        ExactSum memory plainSum;
        for (uint256 term = 0; term < count; term++) plainSum.add(_at(a, term));
        _requireSame(this.sums(a, count), plainSum);

        ExactSum memory plainSquares;
        for (uint256 term = 0; term < count; term++) plainSquares.addProduct(_at(a, term), _at(a, term));
        _requireSame(this.squares(a, count), plainSquares);
    }

    /// @dev Eight terms without a NaN or an infinity, so that most runs of whole words never leave the leaf.
    function testFuzz_numbersAddWhatTheirTermsAdd(uint256 a, uint256 b) external view {
        uint256 numbers = 0xbfffffffbfffffffbfffffffbfffffffbfffffffbfffffffbfffffffbfffffff;
        bytes memory left = abi.encode(a & numbers, b & numbers);
        bytes memory right = abi.encode(b & numbers, a & numbers);
        this.testFuzz_runsAddWhatTheirTermsAdd(left, right, 0);
    }

    /// @dev Eight terms of infinities, zeros, NaN and numbers, by two bits each.
    function testFuzz_whatIsNoNumberAddsAsItsTermsDo(uint256 a, uint256 b, uint8 length) external view {
        bytes memory left = abi.encode(_classed(a));
        bytes memory right = abi.encode(_classed(b));
        uint256 bytesOfRun = 4 * (length % 9);
        assembly ("memory-safe") {
            mstore(left, bytesOfRun)
            mstore(right, bytesOfRun)
        }
        this.testFuzz_runsAddWhatTheirTermsAdd(left, right, 0);
    }

    function testFuzz_anEncodedSumComesBack(bytes calldata a, bytes calldata b) external view {
        uint256 count = (a.length < b.length ? a.length : b.length) / 4;
        ExactSum memory sum = this.runs(a, b, count);
        bytes memory encoded = sum.encode();
        ExactSum memory back = this.decoded(encoded);
        require(keccak256(back.encode()) == keccak256(encoded), "bytes");
        require(back.round() == sum.round(), "value");
    }

    function testFuzz_bytesAreRefusedOrComeBack(int256[4] memory bins, uint8 flags, uint8 shift) external view {
        // About the limit, so that both happen.
        for (uint256 bin = 0; bin < 4; bin++) bins[bin] >>= 48 + (shift % 16);
        bytes memory encoded = abi.encodePacked(bins, flags % 12);
        try this.decoded(encoded) returns (ExactSum memory sum) {
            require(keccak256(sum.encode()) == keccak256(encoded), "changed");
        } catch (bytes memory reason) {
            require(bytes4(reason) == ExactSums.MalformedSum.selector, "reason");
        }
    }

    function runs(bytes calldata a, bytes calldata b, uint256 count) external pure returns (ExactSum memory sum) {
        sum.addProducts(_placeOf(a), _placeOf(b), count);
    }

    function sums(bytes calldata a, uint256 count) external pure returns (ExactSum memory sum) {
        sum.addAll(_placeOf(a), count);
    }

    function squares(bytes calldata a, uint256 count) external pure returns (ExactSum memory sum) {
        sum.addSquares(_placeOf(a), count);
    }

    function decoded(bytes calldata encoded) external pure returns (ExactSum memory) {
        return ExactSums.decode(encoded);
    }

    /// @dev Of each lane the sign stays; the last four bits say what becomes of the rest.
    function _classed(uint256 lanes) private pure returns (uint256 result) {
        for (uint256 lane = 0; lane < 8; lane++) {
            uint256 bits = (lanes >> (32 * lane)) & 0xffffffff;
            uint256 class = bits & 0xf;
            if (class < 5) bits = (bits & 0x80000000) | 0x7f800000;
            else if (class < 8) bits &= 0x80000000;
            else if (class == 8) bits |= 0x7f800001;
            result |= bits << (32 * lane);
        }
    }

    /// @dev Where not all terms are numbers, the bins mean nothing.
    function _requireSame(ExactSum memory sum, ExactSum memory plain) private pure {
        require(keccak256(sum.encode()) == keccak256(plain.encode()), "sums");
        if (sum.notANumber || sum.plusInfinity || sum.minusInfinity) return;
        require(keccak256(abi.encode(sum.bins)) == keccak256(abi.encode(plain.bins)), "bins");
    }

    function _at(bytes calldata run, uint256 term) private pure returns (uint32) {
        return uint32(bytes4(run[4 * term:4 * term + 4]));
    }

    function _placeOf(bytes calldata run) private pure returns (uint256 place) {
        assembly ("memory-safe") {
            place := run.offset
        }
    }
}
