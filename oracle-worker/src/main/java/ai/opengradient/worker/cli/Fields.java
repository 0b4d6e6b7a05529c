package ai.opengradient.worker.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the fields of an answer in their order. */
final class Fields {
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  /** Numbers and booleans stay, lists and maps too, everything else becomes its text. */
  Fields with(String name, @Nullable Object value) {
    fields.put(name, plain(value));
    return this;
  }

  Map<String, @Nullable Object> toMap() {
    return fields;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Number number -> number;
      case Boolean flag -> flag;
      case Fields nested -> nested.toMap();
      case Map<?, ?> map -> map;
      case Collection<?> list -> plainList(list);
      default -> value.toString();
    };
  }

  private static Object plainList(Collection<?> list) {
    List<@Nullable Object> plain = new ArrayList<>();
    list.forEach(element -> plain.add(plain(element)));
    return plain;
  }
}
