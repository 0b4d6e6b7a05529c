package ai.opengradient.worker.error;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * All failures that a user can meet. Numbers and names are stable; new ones are added, none is
 * given a second meaning.
 *
 * <p>The first digit tells where it comes from: 1 configuration and usage, 2 chain and
 * transactions, 3 a contract's refusal, 4 store, 5 models and tensors, 6 inference, 7 keys, 8
 * worker and jobs, 9 a defect of ours. A code 3xx or 3xxx is named after the contracts' custom
 * error.
 */
public enum ErrorCode {
  // Configuration and usage.

  USAGE(
      101,
      ExitCode.USAGE,
      "Wrong usage",
      "The command line does not say what to do, or says it wrongly.",
      "Read the command's `--help`."),
  CONFIGURATION_NOT_FOUND(
      102,
      ExitCode.USAGE,
      "No configuration",
      "The command needs a configuration file and found none.",
      "Name one with `--config FILE`, or write one with `opg worker init`."),
  CONFIGURATION_INVALID(
      103,
      ExitCode.USAGE,
      "Wrong configuration",
      "The configuration has mistakes; all of them are listed.",
      "Correct each one; `opg config explain` describes every key."),
  DEPLOYMENT_INVALID(
      104,
      ExitCode.USAGE,
      "Wrong deployment file",
      "The file that names chain and contracts is missing, is not JSON or lacks a field.",
      "Point `chain.deployment` at the file that the deployment wrote."),
  FILE_NOT_READABLE(
      105,
      ExitCode.USAGE,
      "File not readable",
      "A file named by the command or the configuration does not exist or can't be read.",
      "Check the path and its permissions."),
  FILE_NOT_WRITABLE(
      106,
      ExitCode.USAGE,
      "File not writable",
      "A file or folder can't be written.",
      "Check the path, its permissions and the free space."),
  FILE_EXISTS(
      107,
      ExitCode.REFUSED,
      "File exists",
      "The command would overwrite a file that it did not write.",
      "Move the file away, or name another folder."),
  AMOUNT_INVALID(
      108,
      ExitCode.USAGE,
      "Wrong amount",
      "An amount of OPG is a decimal number with at most 18 places, not negative, below 2^96 of the smallest unit.",
      "Write it like `2.5`."),
  UNKNOWN_CODE(
      109,
      ExitCode.USAGE,
      "Unknown error code",
      "No error has this code.",
      "`opg explain --all` lists them."),
  JAVA_TOO_OLD(
      110,
      ExitCode.USAGE,
      "Java too old",
      "The program runs on an older Java than it is built for.",
      "Install JDK 25 or newer and point JAVA_HOME at it."),
  HEAP_TOO_SMALL(
      111,
      ExitCode.FAILED,
      "Not enough memory",
      "The command needs more memory than Java gives it; a model takes two to three times its length.",
      "On a machine that has it, set `JDK_JAVA_OPTIONS=-Xmx20g`, say, and repeat the command."),

  // Chain and transactions.

  CHAIN_UNREACHABLE(
      201,
      ExitCode.CHAIN,
      "Chain unreachable",
      "The node's JSON-RPC does not answer, or not in time.",
      "Check that the node runs and that `chain.rpc` names it."),
  WRONG_CHAIN(
      202,
      ExitCode.CHAIN,
      "Wrong chain",
      "The node is on another chain than the deployment file: chain id or first block differ.",
      "Point `chain.rpc` at a node of that chain, or `chain.deployment` at this chain's file."),
  NO_CONTRACT(
      203,
      ExitCode.CHAIN,
      "No contract",
      "There is no code at an address that the deployment file names.",
      "The chain was started anew or the file is another deployment's: deploy again, or take the right file."),
  CHAIN_ANSWER_INVALID(
      204,
      ExitCode.CHAIN,
      "Wrong answer of the node",
      "The node answered with something that is not an answer, or a contract with something that this program can't read.",
      "Check `chain.rpc`; the contracts may be of another version than this program."),
  CHAIN_RATE_LIMITED(
      205,
      ExitCode.CHAIN,
      "Node asked too often",
      "The node limits how often it may be asked.",
      "Raise `chain.poll-interval`, or use a node of your own."),
  NODE_REFUSED(
      206,
      ExitCode.CHAIN,
      "Node refuses",
      "The node understood the question and refused it.",
      "See the detail; try another node if it persists."),
  TRANSACTION_NOT_SETTLED(
      207,
      ExitCode.FAILED,
      "Transaction not settled in time",
      "The command waited, and the transaction is not on the chain with the wanted confirmations; it may still be mined.",
      "Repeat the same command: it goes on with this transaction and sends no second one."),
  GAS_FUNDS_TOO_LOW(
      208,
      ExitCode.REFUSED,
      "Nothing for gas",
      "The account has none of the chain's coin to pay gas with.",
      "Send coin to the account."),
  NODE_BEHIND(
      209,
      ExitCode.CHAIN,
      "Node behind the chain",
      "The node's newest block is older than one that was seen already.",
      "Wait until it has caught up, or add a node to `chain.rpc` that is further."),
  EFFECT_UNKNOWN(
      210,
      ExitCode.NOT_FOUND,
      "Unknown effect",
      "The worker's outbox has no effect of this name.",
      "`opg tx list` names them."),
  EFFECT_NOT_WAITING(
      211,
      ExitCode.REFUSED,
      "Nothing to replace",
      "The effect has no transaction that waits: it is not sent yet, or it is on the chain, or settled.",
      "Look at it with `opg tx list`."),
  MOVE_BINDS(
      212,
      ExitCode.REFUSED,
      "A move that binds",
      "Without this transaction the worker loses a job, a dispute or money.",
      "If you mean it, say `--yes-lose-what-it-binds`."),
  BID_ABOVE_CAP(
      213,
      ExitCode.REFUSED,
      "Bid above the cap",
      "A replacement must offer a tenth more than the transaction it replaces, and that is above the fee cap.",
      "Raise the cap for this transaction with `--cap`, in gwei."),

  // Refusals of the contracts.

  UNKNOWN_JOB(
      301,
      ExitCode.NOT_FOUND,
      "Unknown job",
      "No job has this id.",
      "Check the id and that the deployment file is the one where the job was requested."),
  WRONG_STATE(
      302,
      ExitCode.REFUSED,
      "Wrong state",
      "The job's state does not allow this.",
      "Look at it with `opg job result`."),
  VERSION_DEPRECATED(
      303,
      ExitCode.REFUSED,
      "Version deprecated",
      "The version takes no new jobs.",
      "Request a newer version of the model."),
  UNDISPUTABLE_NOT_ACCEPTED(
      304,
      ExitCode.REFUSED,
      "Undisputable version",
      "No court can judge this version's answers, and the request does not accept that.",
      "Request another version, or add `--accept-undisputable`."),
  WRONG_INPUT_COUNT(
      305,
      ExitCode.USAGE,
      "Wrong number of inputs",
      "The request has another number of inputs than the model.",
      "Give each input that `opg model show` names."),
  WRONG_INPUT_TYPE(
      306,
      ExitCode.USAGE,
      "Wrong input type",
      "An input has another element type or shape than the model's.",
      "Convert it to the type that `opg model show` names."),
  WRONG_INPUT_LENGTH(
      307,
      ExitCode.USAGE,
      "Wrong input length",
      "An input has another number of bytes than its type says.",
      "Build the tensor again from its elements."),
  FEE_TOO_LOW(
      308,
      ExitCode.REFUSED,
      "Fee too low",
      "The fee is below what the cheapest standing offer needs.",
      "Raise `--max-fee` to what the detail names."),
  NO_OFFERS(
      309,
      ExitCode.REFUSED,
      "No offers",
      "No worker offers this version with this bond at any price.",
      "Ask for a lower `--bond`, or wait for a worker."),
  INVALID_CLAIM_PERIOD(
      310,
      ExitCode.USAGE,
      "Wrong claim period",
      "The claim period is shorter than the decline period or reaches beyond the last deadline.",
      "Leave it out to take the default."),
  NOT_DRAWN_YET(
      311,
      ExitCode.REFUSED,
      "Not drawn yet",
      "The block that draws the worker is not mined yet.",
      "Try again after the next block."),
  DRAW_HASH_UNAVAILABLE(
      312,
      ExitCode.REFUSED,
      "Draw lost",
      "The chain no longer knows the hash of the drawing block.",
      "The job opens to every worker at its deadline; wait for it."),
  NOT_ASSIGNED(
      313,
      ExitCode.REFUSED,
      "Another worker's job",
      "The draw, or the lease, went to another worker.",
      "Nothing to do: the other worker answers."),
  NOT_WORKER(
      314,
      ExitCode.REFUSED,
      "Not the worker",
      "The caller is neither the worker nor a delegate of it.",
      "Send with the worker's key, or have the cold address allow this one."),
  TOO_LATE(
      315,
      ExitCode.REFUSED,
      "Too late",
      "The deadline has passed.",
      "Nothing to do: the job goes on without this worker."),
  TOO_EARLY(
      316,
      ExitCode.REFUSED,
      "Too early",
      "The instant for this has not come yet.",
      "Try again at the instant that the detail names."),
  ALREADY_TRIED(
      317,
      ExitCode.REFUSED,
      "Job tried before",
      "A worker may lease a job once, and not one that it declined or was late for.",
      "Nothing to do: another worker may lease it."),
  OFFER_DOES_NOT_FIT(
      318,
      ExitCode.REFUSED,
      "Offer does not fit",
      "The worker's offer asks more than the job pays, or does not accept its bond.",
      "Lower the price or raise the bond limit for later jobs."),
  WRONG_OUTPUT_COUNT(
      319,
      ExitCode.INTEGRITY,
      "Wrong number of outputs",
      "The claim has another number of outputs than the model.",
      "The registered signature is wrong: tell the model's owner."),
  WRONG_OUTPUT_TYPE(
      320,
      ExitCode.INTEGRITY,
      "Wrong output type",
      "An output has another element type or shape than the model's.",
      "The registered signature is wrong: tell the model's owner."),
  WRONG_OUTPUT_LENGTH(
      321,
      ExitCode.INTEGRITY,
      "Wrong output length",
      "An output has another number of bytes than its type says, or, by reference, than a tree root.",
      "Report it: the worker built a wrong claim."),
  OUTPUT_TOO_LARGE(
      322,
      ExitCode.REFUSED,
      "Output too large",
      "The outputs have more bytes than can be claimed inline.",
      "Request it with `--outputs-by-reference`: then the claim gives tree roots and content ids."),
  NOT_ENOUGH_GAS_FOR_CALLBACK(
      323,
      ExitCode.REFUSED,
      "Too little gas for the callback",
      "The transaction has too little gas left to give the callback what the request named.",
      "Finalise again with more gas."),
  NOT_COURT(
      324, ExitCode.REFUSED, "Not the court", "Only the court may do this.", "Nothing to do."),
  NOT_GOVERNOR(
      325,
      ExitCode.REFUSED,
      "Not the governor",
      "Only the governor, a timelock, may do this.",
      "Propose it to the timelock."),
  INVALID_PARAMETERS(
      326,
      ExitCode.USAGE,
      "Wrong parameters",
      "A parameter breaks one of its bounds.",
      "Correct the field that the detail counts, from 0."),
  NOTHING_TO_WITHDRAW(
      327,
      ExitCode.REFUSED,
      "Nothing to withdraw",
      "The account has no balance.",
      "Nothing to do."),
  UNKNOWN_MODEL(
      328,
      ExitCode.NOT_FOUND,
      "Unknown model",
      "No model has this id.",
      "`opg model list` names them."),
  UNKNOWN_VERSION(
      329,
      ExitCode.NOT_FOUND,
      "Unknown version",
      "No version has this id.",
      "`opg model list` names them."),
  UNKNOWN_BINDING(
      330,
      ExitCode.NOT_FOUND,
      "Unknown binding",
      "The version has no binding of shapes with this index.",
      "`opg model show` names them."),
  NOT_MODEL_OWNER(
      331,
      ExitCode.REFUSED,
      "Not the owner",
      "Only the model's owner may do this.",
      "Send with the owner's key."),
  NOT_OFFERED(
      332,
      ExitCode.REFUSED,
      "Model not offered",
      "Only the account to which the model was offered may accept it.",
      "Have the owner offer it."),
  ALREADY_DEPRECATED(
      333,
      ExitCode.REFUSED,
      "Deprecated already",
      "The version is deprecated already.",
      "Nothing to do."),
  INVALID_NAME(
      334,
      ExitCode.USAGE,
      "Wrong name",
      "A model's name has 1 to 64 bytes.",
      "Choose another name."),
  INVALID_MANIFEST(
      335,
      ExitCode.USAGE,
      "Wrong manifest id",
      "The manifest's id is empty or longer than 64 bytes.",
      "Use the id that `opg model publish` printed."),
  INVALID_FILE(
      336,
      ExitCode.USAGE,
      "Wrong file hash",
      "The file's hash or length is zero.",
      "Publish the model again with `opg model publish`."),
  INVALID_LICENCE(
      337,
      ExitCode.USAGE,
      "Wrong licence",
      "A licence has 1 to 64 bytes.",
      "Name its SPDX identifier."),
  INVALID_TENSOR_TYPE(
      338,
      ExitCode.USAGE,
      "Wrong tensor type",
      "A type has an unknown element type, too many dimensions, or too many elements.",
      "Use at most 8 dimensions and fewer than 2^31 elements."),
  INVALID_BAND(
      339,
      ExitCode.USAGE,
      "Wrong band",
      "A band is not finite, negative, has a relative part of 1 or more, or is given for integers.",
      "Correct `--band`; integer outputs are exact."),
  INVALID_DOMAIN(
      340,
      ExitCode.USAGE,
      "Wrong domain",
      "A domain's low end is above its high end, is NaN, or is given for integers.",
      "Correct the domain."),
  INVALID_SIGNATURE(
      341,
      ExitCode.USAGE,
      "Wrong signature",
      "A version has 1 to 16 bindings, inputs and outputs, and lists that agree.",
      "Split the model."),
  UNKNOWN_WORKER(
      342,
      ExitCode.NOT_FOUND,
      "Unknown worker",
      "The account is not a registered worker.",
      "Register it with `opg worker stake`."),
  ALREADY_REGISTERED(
      343,
      ExitCode.REFUSED,
      "Registered already",
      "The account is a registered worker already.",
      "Nothing to do."),
  ZERO_ADDRESS(
      344,
      ExitCode.USAGE,
      "Zero address",
      "A withdrawal address or delegate is zero.",
      "Name an address."),
  ZERO_AMOUNT(
      345, ExitCode.USAGE, "Zero amount", "The amount is zero.", "Name an amount above zero."),
  NOT_WITHDRAWAL_ADDRESS(
      346,
      ExitCode.REFUSED,
      "Not the cold address",
      "Only the worker's withdrawal address may do this.",
      "Send with the cold key."),
  NOT_MARKET(
      347, ExitCode.REFUSED, "Not the market", "Only the market may do this.", "Nothing to do."),
  STAKE_TOO_LOW(
      348,
      ExitCode.REFUSED,
      "Stake too low",
      "The stake is below what an offer needs.",
      "Add stake with `opg worker stake`."),
  STAKE_UNBONDING(
      349,
      ExitCode.REFUSED,
      "Stake is unbonding",
      "The worker's stake is on its way out.",
      "Cancel that, or wait and stake again."),
  INSUFFICIENT_FREE_STAKE(
      350,
      ExitCode.REFUSED,
      "Free stake too low",
      "The free stake does not cover the amount.",
      "Add stake, or wait until bonds are unlocked."),
  OFFERS_OPEN(
      351,
      ExitCode.REFUSED,
      "Offers open",
      "Open offers must be closed before the stake goes below the minimum.",
      "Close them: `opg worker exit` does."),
  NOT_UNBONDED(
      352,
      ExitCode.REFUSED,
      "Not unbonded yet",
      "The unbonding delay has not passed, or nothing is unbonding.",
      "Try again at the instant that the detail names."),
  OFFER_EXISTS(
      353,
      ExitCode.REFUSED,
      "Offered already",
      "The worker offers this version already.",
      "Nothing to do; change its price by `opg worker serve`."),
  NO_OFFER(
      354,
      ExitCode.NOT_FOUND,
      "No such offer",
      "The worker has no open offer for this version.",
      "Open one with `opg worker serve`."),
  REPRICED_TOO_SOON(
      355,
      ExitCode.REFUSED,
      "Repriced too soon",
      "An offer changes its price at most once in the cooldown.",
      "Try again at the instant that the detail names."),
  ERC20_INSUFFICIENT_BALANCE(
      356,
      ExitCode.REFUSED,
      "Too little OPG",
      "The account has less OPG than the transfer needs.",
      "Send OPG to the account."),
  ERC20_INSUFFICIENT_ALLOWANCE(
      357,
      ExitCode.REFUSED,
      "Too little allowance",
      "The account has not approved as much OPG as the contract takes.",
      "Approve it; `opg` does so by itself."),
  FINALISATION_RUNNING(
      358,
      ExitCode.REFUSED,
      "Finalisation runs",
      "A callback may not finalise jobs.",
      "Finalise in a transaction of its own."),
  ERC20_INVALID_RECEIVER(
      359,
      ExitCode.USAGE,
      "Wrong receiver",
      "The token refuses the receiver, the zero address.",
      "Name another address."),
  ERC20_INVALID_SPENDER(
      360,
      ExitCode.USAGE,
      "Wrong spender",
      "The token refuses the spender, the zero address.",
      "Check the deployment file."),
  NOTHING_TO_BURN(
      361,
      ExitCode.REFUSED,
      "Nothing to burn",
      "No request fee has come in since they were burned last.",
      "Nothing to do."),
  WRONG_PROGRAM_COUNT(
      362,
      ExitCode.USAGE,
      "Wrong number of programs",
      "The programs that come with a version are not one for each binding that has a program root.",
      "Open the program of each such binding, and no other."),
  UNKNOWN_SPEC_VERSION(
      363,
      ExitCode.REFUSED,
      "Unknown spec version",
      "The program is of a version of the canon that the registry does not know.",
      "Lower the model again with the version that the registry knows."),
  INVALID_NODE_COUNT(
      364,
      ExitCode.USAGE,
      "Wrong number of nodes",
      "A program has 1 to 65,536 nodes.",
      "Lower the model again, or split it."),
  WRONG_PROGRAM_OUTPUTS(
      365,
      ExitCode.USAGE,
      "Wrong number of program outputs",
      "The program has another number of outputs than the binding.",
      "Lower the file that the version is of, with the same binding of shapes."),
  WRONG_PROGRAM_ROOT(
      366,
      ExitCode.USAGE,
      "Another program",
      "The opened program is not the one of the binding's root.",
      "Open the program that the root was computed of."),
  INVALID_PROGRAM_OPENING(
      367,
      ExitCode.INTEGRITY,
      "Broken program opening",
      "The opened nodes do not stand in the program.",
      "Build the opening again from the program's file."),
  INVALID_NODE(
      368,
      ExitCode.INTEGRITY,
      "Broken node",
      "A node's descriptor is not valid, or reads a claim.",
      "Lower the model again."),
  WRONG_INPUT_NODE(
      369,
      ExitCode.USAGE,
      "Wrong input of the program",
      "An INPUT node stands for an input that the binding does not have, or that has another type there.",
      "Lower the file that the version is of, with the same binding of shapes."),
  INPUT_NODE_MISSING(
      370,
      ExitCode.USAGE,
      "Input missing in the program",
      "No INPUT node was opened for an input of the binding.",
      "Open one for each input, used or not."),
  OUTPUT_NODE_MISSING(
      371,
      ExitCode.USAGE,
      "Output missing in the program",
      "The node of an output was not opened.",
      "Open the node of each output."),
  WRONG_OUTPUT_NODE(
      372,
      ExitCode.USAGE,
      "Wrong output of the program",
      "The node of an output defines another type than the binding says.",
      "Lower the file that the version is of, with the same binding of shapes."),
  NO_PROGRAM(
      373,
      ExitCode.REFUSED,
      "No program",
      "The binding has no program that could be attested.",
      "Nothing to do: no court can judge its answers."),
  ATTESTED_ROOT_DIFFERS(
      374,
      ExitCode.REFUSED,
      "Another program root",
      "Lowering the file gave another program root than the registered one.",
      "Don't serve the version; tell the model's owner both roots."),
  ALREADY_ATTESTED(
      375,
      ExitCode.REFUSED,
      "Attested already",
      "The worker has attested this binding's program.",
      "Nothing to do."),
  WRONG_REFERENCE(
      376,
      ExitCode.USAGE,
      "Wrong reference",
      "A reference is to an input that the model does not have, or not to one after that of the reference before.",
      "Name each input once, in the model's order."),
  REFERENCE_WITHOUT_ROOT(
      377,
      ExitCode.USAGE,
      "Reference without tree root",
      "A reference's tree root is zero.",
      "Compute it from the input's data."),
  INVALID_REFERENCE_CID(
      378,
      ExitCode.USAGE,
      "Wrong content id of an input",
      "The content id of an input by reference is empty or longer than 64 bytes.",
      "Use the id that the store gave for the data."),
  REFERENCED_INPUT_HAS_DATA(
      379,
      ExitCode.USAGE,
      "Input given twice",
      "An input is given by reference and has data, too.",
      "Leave one of them out."),
  WRONG_CID_COUNT(
      380,
      ExitCode.INTEGRITY,
      "Wrong number of content ids",
      "A claim by reference has not one content id for each output, or an inline one has some.",
      "Report it: the worker built a wrong claim."),
  INVALID_OUTPUT_CID(
      381,
      ExitCode.INTEGRITY,
      "Wrong content id of an output",
      "The content id of an output by reference is empty or longer than 64 bytes.",
      "Report it: the worker built a wrong claim."),
  UNKNOWN_OUTPUT(
      382,
      ExitCode.NOT_FOUND,
      "Unknown output",
      "The job's model has no output with this index.",
      "`opg model show` names them, counted from 0."),
  CALLBACK_GAS_TOO_HIGH(
      383,
      ExitCode.USAGE,
      "Too much gas for the callback",
      "The callback asks for more gas than a transaction that finalises the job could give.",
      "Ask for at most what the detail names."),
  BOND_BELOW_TRACE_PRICE(
      384,
      ExitCode.USAGE,
      "Bond below the trace price",
      "A version's bond is less than ten times its trace price, so that challenging could not pay.",
      "Raise `--bond` to what the detail names, or lower `--trace-price`."),
  UNKNOWN_REFUSAL(
      399,
      ExitCode.REFUSED,
      "Refused",
      "A contract refused without an error that this program knows.",
      "See the detail; the deployment may be of another version than this program."),

  // Store and content.

  CONTENT_ID_INVALID(
      401,
      ExitCode.USAGE,
      "Not a content id",
      "The text is not a CID that is read here: version 0 or 1, raw or dag-pb, sha2-256 or a short identity.",
      "Check that it was copied whole."),
  CONTENT_NOT_FOUND(
      402,
      ExitCode.NOT_FOUND,
      "Content not found",
      "No source that was asked has the content.",
      "Check the id and `store.sources`; ask its publisher to keep it."),
  BLOCK_CORRUPT(
      403,
      ExitCode.INTEGRITY,
      "Corrupt block",
      "A block's bytes do not hash to its id.",
      "Take another source; remove a damaged block from the local store."),
  BLOCK_TOO_LARGE(
      404,
      ExitCode.INTEGRITY,
      "Block too large",
      "A block is above the size that is accepted.",
      "Add the file with `opg store add`, which cuts it up."),
  CONTENT_MALFORMED(
      405,
      ExitCode.INTEGRITY,
      "Malformed content",
      "The blocks are sound, but not a file: another codec, a folder, or sizes that contradict each other.",
      "Ask the publisher to add the file again."),
  CONTENT_OVER_LIMIT(
      406,
      ExitCode.REFUSED,
      "Content over the limits",
      "The content is larger, deeper or of more blocks than is accepted.",
      "Check that it is the right content."),
  FILE_MISMATCH(
      407,
      ExitCode.INTEGRITY,
      "Not the registered file",
      "The file's sha-256 or length is not the one that was registered.",
      "Take another source, or tell the publisher."),
  SOURCE_UNREACHABLE(
      408,
      ExitCode.NOT_FOUND,
      "Source unreachable",
      "A source of content does not answer, or not as a source does.",
      "Start one with `opg store serve`, or correct `store.sources`."),
  MANIFEST_INVALID(
      409,
      ExitCode.INTEGRITY,
      "Wrong manifest",
      "The bytes are not a manifest in canonical form, or its parts contradict each other.",
      "Publish the model again with `opg model publish`."),
  STORE_FAILED(
      410,
      ExitCode.FAILED,
      "Store failed",
      "The local store could not read or write its folder.",
      "Check the folder's permissions and the free space."),
  STORE_FULL(
      411,
      ExitCode.FAILED,
      "Store full",
      "The disk, or the share of it that `store.cache` allows, has no room for the content.",
      "Free space or raise `store.cache`; `opg store pin --remove` and `opg store gc` take out what you no longer need."),
  ENTRY_REFUSED(
      412,
      ExitCode.REFUSED,
      "Not an entry of a directory",
      "A name that leads elsewhere or stands for two things, a path that is none, or something that is neither file nor folder.",
      "Rename it or leave it out; copy what a symbolic link leads to."),
  ARCHIVE_INVALID(
      413,
      ExitCode.INTEGRITY,
      "Not a CAR archive",
      "The bytes are not a CAR of version 1, were cut off, or state no roots.",
      "Get the archive again; convert one of another version."),

  // Models and tensors.

  ONNX_BROKEN(
      501,
      ExitCode.INTEGRITY,
      "Broken ONNX file",
      "The file is not an ONNX model, or its parts contradict each other.",
      "Export the model again."),
  ONNX_UNSUPPORTED(
      502,
      ExitCode.REFUSED,
      "Unsupported ONNX file",
      "The model asks for what is refused here: data elsewhere than in it or beside it, operators of another domain, an element type out of the list.",
      "Export it as one file, or with its data in a file beside it, with standard operators and with float32, uint8, int8, int32, int64 or bool."),
  ONNX_UNBOUND_DIMENSIONS(
      503,
      ExitCode.USAGE,
      "Open dimensions",
      "The model leaves dimensions open that nobody bound.",
      "Bind each: `--bind NAME=SIZE`."),
  SIGNATURE_WRONG(
      504,
      ExitCode.REFUSED,
      "Other outputs than stated",
      "The model's program gives outputs of other types or shapes than its signature states.",
      "Publish it with the sizes that the outputs really have: `--bind NAME=SIZE`."),
  PROGRAM_MISMATCH(
      505,
      ExitCode.INTEGRITY,
      "Another program",
      "The file lowers to another program than the one that the version is registered with.",
      "Don't serve it and don't rely on it: whoever answers by the file can be convicted."),
  TENSOR_FILE_INVALID(
      511,
      ExitCode.USAGE,
      "Wrong tensor file",
      "The file is not a tensor in the format that its name says: `.npy`, `.json`, `.pb` or `.png`.",
      "See the detail for where it breaks."),
  TENSOR_WRONG_TYPE(
      512,
      ExitCode.USAGE,
      "Wrong element type",
      "The tensor's elements have another type than the model's input.",
      "Convert it to the type that `opg model show` names."),
  TENSOR_WRONG_SHAPE(
      513,
      ExitCode.USAGE,
      "Wrong shape",
      "The tensor has another shape than the model's input.",
      "Reshape it to the shape that `opg model show` names."),
  TENSOR_VALUE_INVALID(
      514,
      ExitCode.USAGE,
      "Wrong element",
      "An element is not of the type, or beyond it.",
      "Correct the element that the detail names."),
  INPUT_NAMES_WRONG(
      515,
      ExitCode.USAGE,
      "Wrong inputs",
      "An input of the model is missing, given twice, or not the model's.",
      "Give each input that `opg model show` names once."),
  TENSOR_INVALID(
      516,
      ExitCode.USAGE,
      "Wrong tensor",
      "An element type, shape or element breaks the protocol's rules.",
      "Use at most 8 dimensions, none of them zero, and fewer than 2^31 elements."),

  // Inference.

  INFERENCE_TIMEOUT(
      601,
      ExitCode.FAILED,
      "Inference took too long",
      "The model did not answer within its time limit; its process was stopped.",
      "Raise `inference.timeout`, or do not offer this model on this machine."),
  INFERENCE_OUT_OF_MEMORY(
      602,
      ExitCode.FAILED,
      "Inference ran out of memory",
      "The model needs more memory than its limit.",
      "Raise `inference.memory`, or do not offer this model on this machine."),
  INFERENCE_CRASHED(
      603,
      ExitCode.FAILED,
      "Inference process died",
      "The process that runs the model ended by itself.",
      "Run `opg worker doctor`; see the log for what it said last."),
  INFERENCE_MODEL_REFUSED(
      604,
      ExitCode.REFUSED,
      "Engine refuses the model",
      "ONNX Runtime can't load the model.",
      "See the detail; the operator set may be newer than the engine."),
  INFERENCE_INPUT_REFUSED(
      605,
      ExitCode.REFUSED,
      "Engine refuses the input",
      "The inputs are not what the model takes.",
      "Compare them with `opg model show`."),
  INFERENCE_FAILED(
      606,
      ExitCode.FAILED,
      "Inference failed",
      "The model took its inputs and failed inside an operator.",
      "See the detail; the same input will most likely fail again."),
  INFERENCE_NOT_STARTED(
      607,
      ExitCode.FAILED,
      "Inference can't start",
      "The process that runs models can't be started.",
      "Run `opg worker doctor`; see the detail."),
  INFERENCE_CANCELLED(
      608,
      ExitCode.FAILED,
      "Inference cancelled",
      "The worker was stopped while a model ran.",
      "Nothing to do: the job is taken up again at the next start."),

  // Keys.

  KEY_EXPOSED(
      701,
      ExitCode.REFUSED,
      "Key readable by others",
      "The keystore or password file can be read by other users of this machine.",
      "`chmod 600` it; if others may have read it, move the funds to a new key."),
  KEY_WRONG_PASSWORD(
      702,
      ExitCode.REFUSED,
      "Wrong password",
      "The password does not open the keystore.",
      "Check the password file."),
  KEY_FILE_UNUSABLE(
      703,
      ExitCode.USAGE,
      "Key file unusable",
      "The keystore or password file is missing, can't be read or written, or is not what it should be.",
      "See the detail; `opg worker init` makes a key, `key.file` names one."),
  KEY_OF_ANOTHER_ACCOUNT(
      704,
      ExitCode.REFUSED,
      "Another account's key",
      "The keystore holds another account's key than it says.",
      "Restore the file from its backup, or name the right one."),
  KEY_IN_USE(
      705,
      ExitCode.REFUSED,
      "Key in use",
      "Another process on this machine sends with the same key.",
      "Stop the other one; two senders would spoil each other's nonces."),
  PASSWORD_MISSING(
      706,
      ExitCode.USAGE,
      "No password",
      "The keystore needs a password and none was given.",
      "Set `key.password-file`, or run the command in a terminal."),
  PROMISE_CONTRADICTED(
      707,
      ExitCode.REFUSED,
      "Signed otherwise before",
      "The account has signed something else about the same job or question, or another effect has the nonce; a second signature could convict it.",
      "What was signed first stands. If you did not expect it, find out who else uses the key."),
  REMOTE_SIGNER_UNREACHABLE(
      708,
      ExitCode.FAILED,
      "Remote signer unreachable",
      "The signer that has the key does not answer, or not in time; nothing was signed.",
      "Check that it runs and that `key.remote` names it."),
  REMOTE_SIGNER_REFUSES(
      709,
      ExitCode.REFUSED,
      "Remote signer refuses",
      "The signer answers, but has not the account's key or does not sign with it.",
      "See the signer's own log; load the key there, or name its account in `key.remote`."),
  REMOTE_SIGNATURE_WRONG(
      710,
      ExitCode.INTEGRITY,
      "Wrong answer of the remote signer",
      "What the signer answers is no signature of the account's for this transaction; it was not used.",
      "Check that `key.remote` names a signer with web3signer's API for eth1."),
  KEYSTORE_NEEDED(
      711,
      ExitCode.USAGE,
      "Keystore needed",
      "A watcher's secrets follow from its private key, which a remote signer does not show.",
      "Give the watcher an account with a keystore: leave `key.remote` empty and name one in `key.file`."),

  // Worker and jobs.

  WORKER_NOT_RUNNING(
      801,
      ExitCode.NOT_FOUND,
      "Worker not running",
      "Nothing answers at the worker's admin address.",
      "Start it with `opg worker run`, or correct `admin.port`."),
  ADMIN_TOKEN_REFUSED(
      802,
      ExitCode.REFUSED,
      "Token refused",
      "The worker does not accept the admin token.",
      "Use the same `admin.token-file` as the worker."),
  ADMIN_ANSWER_INVALID(
      803,
      ExitCode.FAILED,
      "Wrong answer of the worker",
      "What answers at the admin address is not this version's worker.",
      "Check `admin.port`; restart the worker after an upgrade."),
  CHECKS_FAILED(
      804,
      ExitCode.FAILED,
      "Checks failed",
      "`opg worker doctor` found something that keeps the worker from working.",
      "Follow the way out that the table gives for each."),
  JOB_NOT_DONE(
      805,
      ExitCode.FAILED,
      "Job not done in time",
      "The job did not reach the awaited state while the command waited.",
      "Watch it again with `opg job watch`."),
  JOB_WITHOUT_ANSWER(
      806,
      ExitCode.FAILED,
      "Job without answer",
      "The job ended without an answer; its escrow was refunded.",
      "Request again; `opg model show` tells how many workers offer the version."),
  FEE_ABOVE_LIMIT(
      807,
      ExitCode.REFUSED,
      "Dearer than allowed",
      "The quote is above `--max-fee`.",
      "Raise `--max-fee`, or wait for a cheaper offer."),
  JOURNAL_IN_USE(
      808,
      ExitCode.REFUSED,
      "Data folder in use",
      "Another worker has the journal open.",
      "Stop it, or give each worker its own `worker.data`."),
  JOURNAL_UNUSABLE(
      809,
      ExitCode.INTEGRITY,
      "Journal unusable",
      "The journal can't be read or written, or belongs to another worker or deployment.",
      "See the detail; move a broken one away, then `opg journal restore` a copy, or `opg worker run --reconcile` to begin from the chain."),
  PORT_TAKEN(
      810,
      ExitCode.FAILED,
      "Port taken",
      "Another process listens on the port.",
      "Stop it, or choose another port in the configuration."),
  NO_DISPUTE(
      811,
      ExitCode.NOT_FOUND,
      "No dispute",
      "Nobody has challenged the job's claim.",
      "Look at the job with `opg job result`, or list disputes with `opg dispute list`."),
  JOURNAL_MISSING(
      812,
      ExitCode.REFUSED,
      "No journal",
      "The account has bonds locked or transactions on their way, but the data folder has no journal that says what it has signed.",
      "Bring a copy back with `opg journal restore FILE`, or name the right `worker.data`; if the journal is lost, `opg worker run --reconcile` begins a new one from the chain. First make sure that no other worker runs with the key."),
  JOURNAL_EXISTS(
      813,
      ExitCode.REFUSED,
      "File of a journal exists",
      "The command would write over a journal or a copy of one.",
      "Name another file; or, if you mean to lose it, move it away first."),
  JOURNAL_NOT_COPIED(
      814,
      ExitCode.FAILED,
      "Journal not copied",
      "The copy of the journal can't be written, or the file is no whole copy of one.",
      "See the detail: check path, permissions and free space, or take another copy."),
  JOB_NOT_SEEN(
      815,
      ExitCode.NOT_FOUND,
      "Job not seen",
      "The running worker has not seen a job of this id.",
      "Check the id; `opg job result JOB` asks the chain."),
  JOB_NOT_RETRIABLE(
      816,
      ExitCode.REFUSED,
      "Job can't be tried again",
      "The job is answered, or is over for this worker: there is nothing left to try.",
      "Look at it with `opg job show JOB`."),
  JOURNAL_SERVER_UNAVAILABLE(
      817,
      ExitCode.FAILED,
      "Journal's server unavailable",
      "The PostgreSQL server that has the journal can't be reached, or went away.",
      "Check that it runs, and `journal.url` and `journal.password-file`; then start again."),
  LEASE_LOST(
      818,
      ExitCode.REFUSED,
      "Lease lost",
      "Another process has taken over: this one was away for longer than its lease, or the lease was given back.",
      "Start it again: it stands by until the lease is free."),
  ROLE_WITHOUT_SERVER(
      819,
      ExitCode.USAGE,
      "Role without a server",
      "Coordinators and executors share a database of PostgreSQL, and the configuration names none.",
      "Give `journal.url`, or run the worker without `--role`."),

  // Defects.

  INTERNAL(
      901,
      ExitCode.FAILED,
      "Defect",
      "The program met something that its authors did not expect.",
      "Report it with the detail and the log."),
  INTERRUPTED(
      902,
      ExitCode.FAILED,
      "Interrupted",
      "The program was asked to stop while it waited.",
      "Run it again; look at the present state first if it was sending."),

  // Refusals of the court and the canon.

  UNKNOWN_CHALLENGE(
      3001,
      ExitCode.NOT_FOUND,
      "Unknown challenge",
      "The court has no challenge of this number.",
      "Find it with `opg dispute list`."),
  WRONG_STATUS(
      3002,
      ExitCode.REFUSED,
      "Wrong status",
      "The challenge's status does not allow this: it is not open any more, or not yet.",
      "Look at it with `opg dispute show`."),
  WRONG_STAGE(
      3003,
      ExitCode.REFUSED,
      "Wrong stage",
      "The job was never challenged, or its dispute is over.",
      "Look at it with `opg dispute show`."),
  NOT_CHALLENGER(
      3004,
      ExitCode.REFUSED,
      "Not the challenger",
      "The caller is neither the challenger nor a delegate of it.",
      "Send with the challenger's key."),
  EMPTY_CHALLENGE(
      3005,
      ExitCode.USAGE,
      "Empty challenge",
      "A challenge has a commitment and a bond.",
      "Give both."),
  WRONG_COMMITMENT(
      3006,
      ExitCode.REFUSED,
      "Wrong commitment",
      "The challenge was not committed to this job with this salt.",
      "Open it with the key that committed it."),
  BOND_TOO_LOW(
      3007,
      ExitCode.REFUSED,
      "Bond too low",
      "The challenge's bond is below what the job's model and parameter set ask for.",
      "Commit to another challenge with the bond that the detail names."),
  UNDISPUTABLE(
      3008,
      ExitCode.REFUSED,
      "Undisputable",
      "The job's binding has no program, so that no court can judge its answer.",
      "Nothing to do."),
  TRACE_EXISTS(
      3009, ExitCode.REFUSED, "Trace asserted already", "A job has one trace.", "Nothing to do."),
  TRACE_MISSING(
      3010,
      ExitCode.REFUSED,
      "No trace yet",
      "The worker has not asserted its trace.",
      "Wait for it, or for its time to run out."),
  WRONG_PROGRAM(
      3011,
      ExitCode.REFUSED,
      "Wrong program",
      "What was shown is not the job's registered program.",
      "Fetch the model again."),
  NODE_NOT_OPENED(
      3012,
      ExitCode.REFUSED,
      "Node not shown",
      "The descriptor is not the program's at this position.",
      "Fetch the model again."),
  TRACE_NOT_OPENED(
      3013,
      ExitCode.REFUSED,
      "Trace not opened",
      "The hashes do not stand at those places of the trace.",
      "Read the dispute anew; if it stays so, report it."),
  WRONG_TENSOR(
      3014,
      ExitCode.REFUSED,
      "Wrong tensor",
      "What is said of a tensor has another hash than the trace has.",
      "Read the dispute anew; if it stays so, report it."),
  NOT_YOUR_TURN(
      3015,
      ExitCode.REFUSED,
      "Not your turn",
      "The other side of the challenge has to move.",
      "Wait for its move, or for its time to run out."),
  INVALID_PATH(
      3016,
      ExitCode.USAGE,
      "Wrong path",
      "There is nothing to show for this path.",
      "Ask for what the trace, the tensor or the job has."),
  NOT_BELOW(
      3017,
      ExitCode.REFUSED,
      "Not below",
      "A challenge's questions go down, and stay with the tensor that they went into.",
      "Go on from the last question."),
  ALREADY_REVEALED(
      3018,
      ExitCode.REFUSED,
      "Answered already",
      "The question has its answer.",
      "Read it from the chain."),
  NOT_ASKED(3019, ExitCode.REFUSED, "Not asked", "Nobody asked that.", "Nothing to do."),
  TOO_MANY_DEMANDS(
      3020,
      ExitCode.REFUSED,
      "Too many demands",
      "A challenge may demand so many leaves, and a job have so many demands open.",
      "Wait for answers."),
  PREPAYMENT_TOO_LOW(
      3021,
      ExitCode.REFUSED,
      "Prepayment too low",
      "The coin sent along does not prepay the answer at this base fee.",
      "Send more along."),
  PREPAYMENT_TOO_HIGH(
      3022,
      ExitCode.USAGE,
      "Prepayment too high",
      "More coin was sent along than is counted.",
      "Send less along."),
  DOES_NOT_FIT(
      3023,
      ExitCode.REFUSED,
      "Does not fit",
      "The answer does not stand in the tree, or is not filled as it must be.",
      "Make the trace anew."),
  WRONG_INPUTS(
      3024,
      ExitCode.REFUSED,
      "Wrong inputs",
      "The inputs' hashes are not the job's.",
      "Fetch the inputs again."),
  NO_DIFFERENCE(
      3025,
      ExitCode.REFUSED,
      "No difference",
      "The proof shows no difference, so it changes nothing.",
      "Nothing to do: here the claim is right."),
  ELEMENT_NOT_OPENED(
      3026,
      ExitCode.REFUSED,
      "Element not opened",
      "The leaf with the element was not opened, or more was.",
      "Read the dispute anew; if it stays so, report it."),
  UNKNOWN_ELEMENT(
      3027,
      ExitCode.USAGE,
      "Unknown element",
      "The model has no such output, or the output no such element.",
      "Name one that is there."),
  WRONG_ACCUMULATOR(
      3028,
      ExitCode.REFUSED,
      "Wrong accumulator",
      "The challenge's last accumulator is another one.",
      "Read the dispute anew and go on from there."),
  CANON_FAILED(
      3029,
      ExitCode.REFUSED,
      "Canon failed",
      "The court's canon gave no answer, which decides nothing.",
      "Send with more gas; if it stays so, report it."),
  ALREADY_REFUTED(
      3030,
      ExitCode.REFUSED,
      "Refuted already",
      "The claim has fallen to a challenge that was committed earlier, or the time for another is over.",
      "Take back the bond when the dispute is settled."),
  CLOCK_RUNNING(
      3031,
      ExitCode.REFUSED,
      "Clock running",
      "The side whose turn it is still has time.",
      "Try again at the instant that the detail names."),
  CHALLENGES_PENDING(
      3032,
      ExitCode.REFUSED,
      "Challenges pending",
      "Challenges of the job are not over.",
      "Wait until they are."),
  COIN_REFUSED(
      3033,
      ExitCode.REFUSED,
      "Coin refused",
      "The receiver does not take the coin.",
      "Name another account."),
  ELEMENT_OUT_OF_RANGE(
      3034,
      ExitCode.USAGE,
      "Element out of range",
      "The node has no such element.",
      "Name one that is there."),
  WRONG_NUMBER_OF_OPERANDS(
      3035,
      ExitCode.REFUSED,
      "Wrong number of operands",
      "The descriptor names another number of operands than were shown.",
      "Fetch the model again."),
  OPERAND_NOT_OPENED(
      3036,
      ExitCode.REFUSED,
      "Operand not opened",
      "The leaves of an operand are no opening of its tree.",
      "Read the dispute anew; if it stays so, report it."),
  LEAF_NOT_OPENED(
      3037,
      ExitCode.REFUSED,
      "Leaf not opened",
      "The step reads a leaf that was not opened.",
      "Read the dispute anew; if it stays so, report it."),
  MALFORMED_ACCUMULATOR(
      3038,
      ExitCode.REFUSED,
      "Malformed accumulator",
      "The accumulator is none of this node and element.",
      "Begin anew with an empty one."),
  NOT_ACCUMULATED(
      3039,
      ExitCode.USAGE,
      "Not accumulated",
      "Only sums go on from an accumulator.",
      "Prove the step at once."),
  TERM_OUT_OF_RANGE(
      3040,
      ExitCode.USAGE,
      "Term out of range",
      "The fold has no such terms left.",
      "Go on from the last accumulator."),
  NO_OPENING(
      3041,
      ExitCode.REFUSED,
      "No opening",
      "The leaves are no opening of any tree of that depth.",
      "Read the dispute anew; if it stays so, report it."),
  INVALID_TOLERANCES(
      3042,
      ExitCode.REFUSED,
      "Wrong tolerances",
      "A tolerance is below zero or not finite, or the relative one is 1 or more.",
      "Report it: the registry keeps such out."),
  WRONG_CANON(
      3043,
      ExitCode.REFUSED,
      "Wrong canon",
      "What is to compute a court's steps doesn't answer as the canon does.",
      "Have all nodes run the same, right release of the plugin; or deploy with --canon contracts.");

  private final int number;
  private final ExitCode exit;
  private final String title;
  private final String cause;
  private final String wayOut;

  ErrorCode(int number, ExitCode exit, String title, String cause, String wayOut) {
    this.number = number;
    this.exit = exit;
    this.title = title;
    this.cause = cause;
    this.wayOut = wayOut;
  }

  /** What people and scripts call it, such as {@code OPG-201}. */
  public String id() {
    return "OPG-" + number;
  }

  public int number() {
    return number;
  }

  /** How a command ends that fails with it. */
  public ExitCode exit() {
    return exit;
  }

  public String title() {
    return title;
  }

  /** Why it happens, in general. */
  public String cause() {
    return cause;
  }

  /** What to do about it. */
  public String wayOut() {
    return wayOut;
  }

  /** The group that the first digit names. */
  public Area area() {
    return Area.values()[Integer.toString(number).charAt(0) - '1'];
  }

  /**
   * The code with this id.
   *
   * @param id such as {@code OPG-201}, {@code opg-201} or {@code 201}
   */
  public static Optional<ErrorCode> find(String id) {
    String digits = id.toUpperCase(Locale.ROOT).replaceFirst("^OPG-", "");
    return Arrays.stream(values())
        .filter(code -> Integer.toString(code.number).equals(digits))
        .findFirst();
  }

  /**
   * The code of a contract's custom error.
   *
   * @param name such as {@code FeeTooLow}
   */
  public static Optional<ErrorCode> ofContractError(String name) {
    String constant =
        name.replace("ERC20", "Erc20").replaceAll("(?<!^)([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(code -> code.area() == Area.CONTRACTS && code.name().equals(constant))
        .findFirst();
  }

  /** Where failures come from. */
  public enum Area {
    USAGE("Configuration and usage"),
    CHAIN("Chain and transactions"),
    CONTRACTS("Refusals of the contracts"),
    STORE("Store and content"),
    MODELS("Models and tensors"),
    INFERENCE("Inference"),
    KEYS("Keys"),
    WORKER("Worker and jobs"),
    DEFECTS("Defects");

    private final String title;

    Area(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }
}
