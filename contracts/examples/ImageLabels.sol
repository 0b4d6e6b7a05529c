// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Tensor, TensorType} from "../canon/TensorType.sol";
import {Tensors} from "../market/Tensors.sol";
import {InferenceClient} from "./InferenceClient.sol";

/// @notice Labels images by a classifier: of the scores that the model gives, the greatest one's index is the label.
/// @dev The model takes one image and answers one score for each label, float32 [1, labels].
contract ImageLabels is InferenceClient {
    using Tensors for Tensor;

    /// @notice An image's label and where it comes from.
    struct Label {
        uint64 job; // 0: the image has no label
        uint32 label;
        bytes32 scoresHash; // keccak-256 of the answered scores, as bytes
    }

    /// @notice The type of the images that the model takes.
    TensorType public immutable IMAGE_TYPE;

    /// @dev Images whose answer is outstanding, by job.
    mapping(uint64 job => bytes32 image) private _images;
    /// @dev Labels by the hash of the image.
    mapping(bytes32 image => Label) private _labels;

    event LabelRequested(uint64 indexed job, bytes32 indexed image);
    event LabelSet(uint64 indexed job, bytes32 indexed image, uint32 label, bytes32 scoresHash);
    event StaleAnswerIgnored(uint64 indexed job);

    /// @dev The word is no tensor type.
    error InvalidImageType(TensorType given);
    /// @dev The image has another number of bytes than the model's type says.
    error WrongImageLength(uint256 given, uint256 expected);
    /// @dev No label is known for the image (yet).
    error NotLabelled(bytes32 image);

    constructor(Subscription memory subscription, TensorType imageType) InferenceClient(subscription) {
        if (!imageType.isValid()) revert InvalidImageType(imageType);
        IMAGE_TYPE = imageType;
    }

    /// @notice Asks the model for an image's label. Only the owner may call.
    /// @param pixels The image, elements as the model's type says; for uint8 one byte a pixel.
    /// @param maxFee Most that the answer may cost, request fee apart.
    function requestLabel(bytes calldata pixels, uint96 maxFee) external onlyOwner returns (uint64 job) {
        uint256 expected = IMAGE_TYPE.byteLength();
        if (pixels.length != expected) revert WrongImageLength(pixels.length, expected);
        Tensor[] memory inputs = new Tensor[](1);
        inputs[0] = Tensor({kind: IMAGE_TYPE, data: pixels});
        job = _request(inputs, maxFee);
        bytes32 image = keccak256(pixels);
        _images[job] = image;
        emit LabelRequested(job, image);
    }

    /// @notice The label of the image with this keccak-256 hash.
    /// @dev Reverts with NotLabelled.
    function labelOf(bytes32 image) external view returns (Label memory label) {
        label = _labels[image];
        if (label.job == 0) revert NotLabelled(image);
    }

    /// @dev A newer request's answer stays, even if an older one's comes later.
    function _onAnswer(uint64 job, Tensor[] calldata outputs) internal override {
        bytes32 image = _images[job];
        if (image == 0 || _labels[image].job > job) {
            emit StaleAnswerIgnored(job);
            return;
        }
        delete _images[job];
        Label memory label = Label({
            job: job,
            label: uint32(outputs[0].argmax()),
            scoresHash: keccak256(outputs[0].data)
        });
        _labels[image] = label;
        emit LabelSet(job, image, label.label, label.scoresHash);
    }
}
