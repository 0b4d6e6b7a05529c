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

    /// @notice A node of a program, shown.
    struct OpenedNode {
        uint32 position;
        bytes descriptor;
    }

    /// @notice Shows that a program root is the hash of a program with certain inputs and outputs (docs/canon.md, sections 11
    ///         and 12).
    /// @dev Nothing of it is kept.
    struct ProgramOpening {
        uint32 specVersion;
        uint32 nodes; // how many the program has
        bytes32 nodesRoot; // of the tree over the nodes' hashes
        uint32[] outputs; // positions of the output nodes
        OpenedNode[] opened; // an INPUT node for each input, and the output nodes; by ascending positions
        bytes32[] siblings; // in the tree over the nodes' hashes
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
    /// @dev The version has no output with this index.
    error UnknownOutput(uint32 version, uint8 output);
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

    /// @dev Not one opening for each binding that has a program.
    error WrongProgramCount(uint256 given, uint256 expected);
    /// @dev The binding's program is of a version of the canon that is not known here.
    error UnknownSpecVersion(uint256 binding, uint32 specVersion);
    /// @dev A program has 1 to 65,536 nodes.
    error InvalidNodeCount(uint256 binding, uint32 nodes);
    /// @dev The program has another number of outputs than the binding.
    error WrongProgramOutputs(uint256 binding, uint256 given, uint256 expected);
    /// @dev The opening is that of another program than the binding's.
    error WrongProgramRoot(uint256 binding, bytes32 opened, bytes32 programRoot);
    /// @dev The opened nodes do not stand in the program: positions that don't ascend or aren't in the tree, another
    ///      descriptor, or wrong siblings.
    error InvalidProgramOpening(uint256 binding);
    /// @dev The opened node's descriptor is not valid, or reads a claim.
    error InvalidNode(uint256 binding, uint32 position);
    /// @dev The INPUT node stands for an input that the binding hasn't, or that has another dtype or count there.
    error WrongInputNode(uint256 binding, uint32 position, uint8 input, uint8 dtype, uint32 count);
    /// @dev No INPUT node was opened for the input.
    error InputNodeMissing(uint256 binding, uint256 input);
    /// @dev The output's node was not opened.
    error OutputNodeMissing(uint256 binding, uint256 output, uint32 position);
    /// @dev The output's node defines another dtype or count than the binding says.
    error WrongOutputNode(uint256 binding, uint256 output, uint8 dtype, uint32 count);

    /// @notice Creates a model owned by the caller.
    /// @param name What people call it, 1..64 bytes of UTF-8; not unique.
    /// @return model The new model's id, counted from 1.
    function createModel(string calldata name) external returns (uint32 model);

    /// @notice Offers the model to another account, which must accept. Offering to zero withdraws the offer.
    function offerOwnership(uint32 model, address to) external;

    /// @notice Takes over a model that was offered to the caller.
    function acceptOwnership(uint32 model) external;

    /// @notice Publishes an immutable version of a model of the caller's.
    /// @dev That a root is opened says that the program has the binding's inputs and outputs, not that it is the file's:
    ///      workers tell that by attesting (IWorkerRegistry).
    /// @param programs One for each binding whose root is not zero, in their order.
    /// @return version The new version's id, counted from 1 over all models.
    function publish(
        uint32 model,
        Version calldata content,
        ProgramOpening[] calldata programs
    ) external returns (uint32 version);

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
    /// @dev `outputLength` is the number of bytes that the outputs have together.
    function terms(
        uint32 version,
        uint8 binding
    )
        external
        view
        returns (
            bool deprecated,
            bool disputable,
            uint96 royalty,
            uint96 bond,
            uint256 outputLength,
            TensorType[] memory inputs
        );

    /// @notice What a claim needs to know of a binding, cheaply.
    function claimTerms(
        uint32 version,
        uint8 binding
    ) external view returns (uint96 royalty, TensorType[] memory outputs);

    /// @notice The root of a binding's program; zero: it has none.
    function programRootOf(uint32 version, uint8 binding) external view returns (bytes32 programRoot);

    /// @notice The types of a binding's outputs.
    function outputsOf(uint32 version, uint8 binding) external view returns (TensorType[] memory outputs);

    /// @notice The types of a binding's inputs.
    function inputsOf(uint32 version, uint8 binding) external view returns (TensorType[] memory inputs);

    /// @notice What a challenge needs to know of a binding, cheaply.
    /// @return programRoot Zero: it has none.
    /// @return tracePrice What producing a trace is worth, $OPG.
    function disputeTerms(uint32 version, uint8 binding) external view returns (bytes32 programRoot, uint96 tracePrice);

    /// @notice The band of an output.
    function bandOf(uint32 version, uint8 output) external view returns (Band memory);

    /// @notice Whom a version's royalty goes to, and how much it is.
    function royaltyOf(uint32 version) external view returns (address owner, uint96 royalty);
}
