package ai.opengradient.store.kubo;

import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.unixfs.ContentPath;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What commands are given: content ids, paths, options, files. */
final class Arguments {
  private static final String SCHEME = "/ipfs/";

  private Arguments() {}

  /** The one content id. */
  static ContentId id(RoutingContext context) {
    String argument = only(context);
    return ContentId.parse(
        argument.startsWith(SCHEME) ? argument.substring(SCHEME.length()) : argument);
  }

  /** The one path, which may be a content id alone. */
  static ContentPath path(RoutingContext context) {
    return ContentPath.parse(only(context));
  }

  private static String only(RoutingContext context) {
    List<String> arguments = context.queryParams().getAll("arg");
    if (arguments.size() != 1) {
      throw new CommandFailed(400, "give one content id as arg, not " + arguments.size());
    }
    return arguments.getFirst();
  }

  static long number(MultiMap options, String name, long otherwise) {
    String value = options.get(name);
    try {
      long number = value == null ? otherwise : Long.parseLong(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a negative number.
    }
    throw new CommandFailed(400, "the option " + name + " is a number of bytes, not " + value);
  }

  static boolean wants(MultiMap options, String name, boolean otherwise) {
    String value = options.get(name);
    return value == null ? otherwise : value.equals("true") || value.isEmpty();
  }

  /** The files of a form, at least one. */
  static List<FileUpload> uploads(RoutingContext context) {
    List<FileUpload> uploads = context.fileUploads();
    if (uploads.isEmpty()) {
      throw new CommandFailed(400, "the file is missing: send it as a part of a multipart form");
    }
    return uploads;
  }

  /** Clients percent-encode the path below what they add. */
  static String decodedPath(FileUpload upload) {
    String name = upload.fileName();
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(
          400, "the file's name '" + name + "' is not percent-encoded as it should be");
    }
  }
}
