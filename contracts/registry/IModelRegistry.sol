// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {TensorType} from "../canon/TensorType.sol";

/// @notice Models and their versions. A version is immutable: it can be deprecated, never changed or deleted.
interface IModelRegistry {
    /// @notice How far a claimed output may lie from the canonical one: |c - y| <= absolute + relative * |y|.
    /// @dev Both are float32 bit patterns; finite, not negative, relative < 1. Both zero means exact, the only band that
    ///      integer and bool outputs may have.
    struct Band {
        uint32 absolute;
        uint32 relative;
    }

    /// @notice The closed range of values (float32 bit patterns) that an input's elements are meant to have.
    /// @dev Workers may decline a job whose input leaves it. Low and high both zero: no range is stated.
    struct Domain {
        uint32 low;
        uint32 high;
    }

    /// @notice One binding of the model's dynamic shapes, with the program that defines its canonical answers.
    /// @dev `programRoot` zero means *undisputable*: no court can ever judge an answer of this binding.
    struct Binding {
        bytes32 programRoot;
        TensorType[] inputs;
        TensorType[] outputs;
    }

    /// @notice All that a version fixes for ever.
    struct Version {
        bytes manifest; // binary CID of the manifest
        bytes32 fileHash; // sha-256 of the ONNX file
        uint64 fileLength; // bytes
        uint96 royalty; // $OPG (18 decimals) a finalised job pays to the owner
        uint96 bond; // least job bond a worker must lock, $OPG
        uint96 tracePrice; // what producing a trace is worth, $OPG
        string licence; // SPDX identifier
        Band[] bands; // one per output
        Domain[] domains; // one per input
        Binding[] bindings; // at least one
    }

    event ModelCreated(uint32 indexed model, address indexed owner, string name);
    event OwnershipOffered(uint32 indexed model, address indexed from, address indexed to);
    event OwnershipTransferred(uint32 indexed model, address indexed from, address indexed to);
    event VersionPublished(uint32 indexed version, uint32 indexed model, bytes manifest, bool disputable);
    event VersionDeprecated(uint32 indexed version);

    /// @dev No model has this id.
    error UnknownModel(uint32 model);
    /// @dev No version has this id.
    error UnknownVersion(uint32 version);
    /// @dev The version has no binding with this index.
    error UnknownBinding(uint32 version, uint8 binding);
    /// @dev Only the model's owner may do this.
    error NotModelOwner(uint32 model, address caller);
    /// @dev Only the account to which the model was offered may accept it.
    error NotOffered(uint32 model, address caller);
    /// @dev The version is deprecated already.
    error AlreadyDeprecated(uint32 version);
    /// @dev The name is empty or longer than 64 bytes.
    error InvalidName(uint256 length);
    /// @dev The manifest's CID is empty or longer than 64 bytes.
    error InvalidManifest(uint256 length);
    /// @dev The file's hash or length is zero.
    error InvalidFile(bytes32 fileHash, uint64 fileLength);
    /// @dev The licence is empty or longer than 64 bytes.
    error InvalidLicence(uint256 length);
    /// @dev A dtype out of the list, a rank above 8, a zero dimension, a dimension beyond the rank, or 2^31 elements or more.
    error InvalidTensorType(TensorType kind);
    /// @dev The band is not finite, is negative, has relative >= 1, or is not exact although the output is not float32.
    error InvalidBand(uint256 output, uint32 absolute, uint32 relative);
    /// @dev The domain's low is above its high, or either is NaN, or it is stated for an input that is not float32.
    error InvalidDomain(uint256 input, uint32 low, uint32 high);
    /// @dev No binding, more than 16, no input or output, more than 16 of either, or the lengths of lists don't agree.
    error InvalidSignature();

    /// @notice Creates a model owned by the caller.
    /// @param name What people call it, 1..64 bytes of UTF-8; not unique.
    /// @return model The new model's id, counted from 1.
    function createModel(string calldata name) external returns (uint32 model);

    /// @notice Offers the model to another account, which must accept. Offering to zero withdraws the offer.
    function offerOwnership(uint32 model, address to) external;

    /// @notice Takes over a model that was offered to the caller.
    function acceptOwnership(uint32 model) external;

    /// @notice Publishes an immutable version of a model of the caller's.
    /// @return version The new version's id, counted from 1 over all models.
    function publish(uint32 model, Version calldata content) external returns (uint32 version);

    /// @notice Marks a version as not to be used for new jobs. Running jobs are not touched.
    function deprecate(uint32 version) external;

    /// @notice The number of models; ids are 1..modelCount.
    function modelCount() external view returns (uint32);

    /// @notice The number of versions; ids are 1..versionCount.
    function versionCount() external view returns (uint32);

    /// @notice A model's owner and name.
    function modelOf(uint32 model) external view returns (address owner, string memory name);

    /// @notice Everything a version fixes.
    function versionOf(uint32 version) external view returns (uint32 model, bool deprecated, Version memory content);

    /// @notice What a request needs to know of a binding, cheaply.
    function terms(
        uint32 version,
        uint8 binding
    ) external view returns (bool deprecated, bool disputable, uint96 royalty, uint96 bond, TensorType[] memory inputs);

    /// @notice What a claim needs to know of a binding, cheaply.
    function claimTerms(
        uint32 version,
        uint8 binding
    ) external view returns (uint96 royalty, TensorType[] memory outputs);

    /// @notice The types of a binding's outputs.
    function outputsOf(uint32 version, uint8 binding) external view returns (TensorType[] memory outputs);

    /// @notice Whom a version's royalty goes to, and how much it is.
    function royaltyOf(uint32 version) external view returns (address owner, uint96 royalty);
}
