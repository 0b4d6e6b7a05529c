// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {TensorType} from "../canon/TensorType.sol";
import {IModelRegistry} from "./IModelRegistry.sol";
import {ProgramSignature} from "./ProgramSignature.sol";
import {Signature} from "./Signature.sol";

/// @notice Models and their versions. A version is immutable: it can be deprecated, never changed or deleted.
contract ModelRegistry is IModelRegistry {
    uint256 private constant MAXIMUM_TEXT = 64; // bytes

    /// @dev What a request may count on. Where bindings differ, or count no more, each one's program root tells.
    enum Standing {
        Disputable, // all bindings are
        Mixed, // some binding is not
        Deprecated
    }

    struct Model {
        address owner;
        address offeredTo;
        string name;
    }

    /// @dev What every job reads of a version, in one word:
    ///
    ///        model 32 | royalty 96 | bond 96 | standing 8 | bindings 8 | inputs 8 | outputs 8
    struct Terms {
        uint32 model; // zero: no such version
        uint96 royalty;
        uint96 bond;
        Standing standing;
        uint8 bindings; // the number of them
        uint8 inputs; // of each binding
        uint8 outputs; // of each binding
    }

    /// @dev The first `inputs` and `outputs` of each array count: no words are spent on lengths.
    struct Shapes {
        bytes32 programRoot;
        TensorType[16] inputs;
        TensorType[16] outputs;
    }

    /// @dev What is kept for readers only. Layout: tracePrice 96 | fileLength 64 in one word, the others in their own.
    struct Description {
        uint96 tracePrice;
        uint64 fileLength;
        bytes32 fileHash;
        bytes manifest;
        string licence;
        Band[] bands;
        Domain[] domains;
    }

    /// @inheritdoc IModelRegistry
    uint32 public modelCount;
    /// @inheritdoc IModelRegistry
    uint32 public versionCount;

    mapping(uint32 model => Model) private _models;
    mapping(uint32 version => Terms) private _terms;
    mapping(uint32 version => mapping(uint256 binding => Shapes)) private _shapes;
    mapping(uint32 version => Description) private _descriptions;

    modifier onlyOwner(uint32 model) {
        if (msg.sender != _knownModel(model).owner) revert NotModelOwner(model, msg.sender);
        _;
    }

    /// @inheritdoc IModelRegistry
    function createModel(string calldata name) external returns (uint32 model) {
        if (!_isText(bytes(name))) revert InvalidName(bytes(name).length);
        model = ++modelCount;
        _models[model].owner = msg.sender;
        _models[model].name = name;
        emit ModelCreated(model, msg.sender, name);
    }

    /// @inheritdoc IModelRegistry
    function offerOwnership(uint32 model, address to) external onlyOwner(model) {
        _models[model].offeredTo = to;
        emit OwnershipOffered(model, msg.sender, to);
    }

    /// @inheritdoc IModelRegistry
    function acceptOwnership(uint32 model) external {
        Model storage known = _knownModel(model);
        if (msg.sender != known.offeredTo) revert NotOffered(model, msg.sender);
        address from = known.owner;
        known.owner = msg.sender;
        known.offeredTo = address(0);
        emit OwnershipTransferred(model, from, msg.sender);
    }

    /// @inheritdoc IModelRegistry
    function publish(
        uint32 model,
        Version calldata content,
        ProgramOpening[] calldata programs
    ) external onlyOwner(model) returns (uint32 version) {
        if (!_isText(content.manifest)) revert InvalidManifest(content.manifest.length);
        if (content.fileHash == 0 || content.fileLength == 0) revert InvalidFile(content.fileHash, content.fileLength);
        if (!_isText(bytes(content.licence))) revert InvalidLicence(bytes(content.licence).length);
        Signature.check(content);
        ProgramSignature.check(content.bindings, programs);

        version = ++versionCount;
        // Signature.check bounds the three lengths by 16.
        _terms[version] = Terms({
            model: model,
            royalty: content.royalty,
            bond: content.bond,
            standing: Standing.Mixed,
            bindings: uint8(content.bindings.length),
            inputs: uint8(content.domains.length),
            outputs: uint8(content.bands.length)
        });
        _describe(version, content);
        bool disputable = _bind(version, content.bindings);
        if (disputable) _terms[version].standing = Standing.Disputable;
        emit VersionPublished(version, model, content.manifest, disputable);
    }

    /// @inheritdoc IModelRegistry
    function deprecate(uint32 version) external {
        Terms storage known = _knownVersion(version);
        if (msg.sender != _models[known.model].owner) revert NotModelOwner(known.model, msg.sender);
        if (known.standing == Standing.Deprecated) revert AlreadyDeprecated(version);
        known.standing = Standing.Deprecated;
        emit VersionDeprecated(version);
    }

    /// @inheritdoc IModelRegistry
    function modelOf(uint32 model) external view returns (address owner, string memory name) {
        Model storage known = _knownModel(model);
        return (known.owner, known.name);
    }

    /// @inheritdoc IModelRegistry
    function versionOf(uint32 version) external view returns (uint32 model, bool deprecated, Version memory content) {
        Terms memory known = _knownVersion(version);
        Description storage description = _descriptions[version];
        content.manifest = description.manifest;
        content.fileHash = description.fileHash;
        content.fileLength = description.fileLength;
        content.royalty = known.royalty;
        content.bond = known.bond;
        content.tracePrice = description.tracePrice;
        content.licence = description.licence;
        content.bands = description.bands;
        content.domains = description.domains;
        content.bindings = new Binding[](known.bindings);
        for (uint256 i = 0; i < known.bindings; i++) {
            Shapes storage shapes = _shapes[version][i];
            content.bindings[i] = Binding({
                programRoot: shapes.programRoot,
                inputs: _first(shapes.inputs, known.inputs),
                outputs: _first(shapes.outputs, known.outputs)
            });
        }
        return (known.model, known.standing == Standing.Deprecated, content);
    }

    /// @inheritdoc IModelRegistry
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
        )
    {
        Terms memory known = _knownBinding(version, binding);
        Shapes storage shapes = _shapes[version][binding];
        return (
            known.standing == Standing.Deprecated,
            known.standing == Standing.Disputable || shapes.programRoot != 0,
            known.royalty,
            known.bond,
            _lengthOf(shapes.outputs, known.outputs),
            _first(shapes.inputs, known.inputs)
        );
    }

    /// @inheritdoc IModelRegistry
    function claimTerms(
        uint32 version,
        uint8 binding
    ) external view returns (uint96 royalty, TensorType[] memory outputs) {
        Terms memory known = _knownBinding(version, binding);
        return (known.royalty, _first(_shapes[version][binding].outputs, known.outputs));
    }

    /// @inheritdoc IModelRegistry
    function programRootOf(uint32 version, uint8 binding) external view returns (bytes32 programRoot) {
        _knownBinding(version, binding);
        return _shapes[version][binding].programRoot;
    }

    /// @inheritdoc IModelRegistry
    function outputsOf(uint32 version, uint8 binding) external view returns (TensorType[] memory outputs) {
        Terms memory known = _knownBinding(version, binding);
        return _first(_shapes[version][binding].outputs, known.outputs);
    }

    /// @inheritdoc IModelRegistry
    function inputsOf(uint32 version, uint8 binding) external view returns (TensorType[] memory inputs) {
        Terms memory known = _knownBinding(version, binding);
        return _first(_shapes[version][binding].inputs, known.inputs);
    }

    /// @inheritdoc IModelRegistry
    function disputeTerms(
        uint32 version,
        uint8 binding
    ) external view returns (bytes32 programRoot, uint96 tracePrice) {
        _knownBinding(version, binding);
        return (_shapes[version][binding].programRoot, _descriptions[version].tracePrice);
    }

    /// @inheritdoc IModelRegistry
    function bandOf(uint32 version, uint8 output) external view returns (Band memory) {
        if (output >= _knownVersion(version).outputs) revert UnknownOutput(version, output);
        return _descriptions[version].bands[output];
    }

    /// @inheritdoc IModelRegistry
    function royaltyOf(uint32 version) external view returns (address owner, uint96 royalty) {
        Terms storage known = _knownVersion(version);
        return (_models[known.model].owner, known.royalty);
    }

    /// @dev Keeps a new version's bindings.
    /// @return disputable Whether all of them have a program.
    function _bind(uint32 version, Binding[] calldata bindings) private returns (bool disputable) {
        disputable = true;
        for (uint256 i = 0; i < bindings.length; i++) {
            Binding calldata binding = bindings[i];
            Shapes storage shapes = _shapes[version][i];
            shapes.programRoot = binding.programRoot;
            for (uint256 input = 0; input < binding.inputs.length; input++) {
                shapes.inputs[input] = binding.inputs[input];
            }
            for (uint256 output = 0; output < binding.outputs.length; output++) {
                shapes.outputs[output] = binding.outputs[output];
            }
            if (binding.programRoot == 0) disputable = false;
        }
    }

    function _describe(uint32 version, Version calldata content) private {
        Description storage description = _descriptions[version];
        description.tracePrice = content.tracePrice;
        description.fileLength = content.fileLength;
        description.fileHash = content.fileHash;
        description.manifest = content.manifest;
        description.licence = content.licence;
        for (uint256 output = 0; output < content.bands.length; output++) {
            description.bands.push(content.bands[output]);
        }
        for (uint256 input = 0; input < content.domains.length; input++) {
            description.domains.push(content.domains[input]);
        }
    }

    function _knownModel(uint32 model) private view returns (Model storage known) {
        known = _models[model];
        if (known.owner == address(0)) revert UnknownModel(model);
    }

    function _knownVersion(uint32 version) private view returns (Terms storage known) {
        known = _terms[version];
        if (known.model == 0) revert UnknownVersion(version);
    }

    function _knownBinding(uint32 version, uint8 binding) private view returns (Terms memory known) {
        known = _knownVersion(version);
        if (binding >= known.bindings) revert UnknownBinding(version, binding);
    }

    function _first(TensorType[16] storage kinds, uint256 length) private view returns (TensorType[] memory first) {
        first = new TensorType[](length);
        for (uint256 i = 0; i < length; i++) {
            first[i] = kinds[i];
        }
    }

    /// @dev The bytes that the first tensors have together.
    function _lengthOf(TensorType[16] storage kinds, uint256 first) private view returns (uint256 length) {
        for (uint256 i = 0; i < first; i++) {
            length += kinds[i].byteLength();
        }
    }

    function _isText(bytes calldata text) private pure returns (bool) {
        return text.length != 0 && text.length <= MAXIMUM_TEXT;
    }
}
