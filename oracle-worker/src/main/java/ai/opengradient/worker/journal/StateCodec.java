package ai.opengradient.worker.journal;

import ai.opengradient.worker.job.State;
import ai.opengradient.worker.job.Turn;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.Arrays;
import java.util.stream.Stream;

/** States as JSON: {@code {"is":"Waiting","readyAt":1700000000,"attempts":0}}. */
final class StateCodec {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addMixIn(State.class, NamedByRecord.class)
          .addMixIn(Turn.class, NamedByRecord.class)
          .registerSubtypes(
              Stream.of(State.class, Turn.class)
                  .flatMap(sealed -> Arrays.stream(sealed.getPermittedSubclasses()))
                  .map(kind -> new NamedType(kind, kind.getSimpleName()))
                  .toArray(NamedType[]::new))
          .build();

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  private interface NamedByRecord {}

  private StateCodec() {}

  static String encode(State state) {
    try {
      return JSON.writerFor(State.class).writeValueAsString(state);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a state that can't be written: " + state, e);
    }
  }

  static State decode(String json) {
    try {
      return JSON.readValue(json, State.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a state: " + json, e);
    }
  }
}
