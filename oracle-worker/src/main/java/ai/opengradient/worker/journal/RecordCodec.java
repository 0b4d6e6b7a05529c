package ai.opengradient.worker.journal;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.Receipt;
import ai.opengradient.worker.job.State;
import ai.opengradient.worker.job.Turn;
import ai.opengradient.worker.transactions.Outcome;
import ai.opengradient.worker.transactions.Stage;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Sealed records as JSON: {@code {"is":"Waiting","readyAt":1700000000,"attempts":0}}. */
final class RecordCodec {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addMixIn(State.class, NamedByRecord.class)
          .addMixIn(Turn.class, NamedByRecord.class)
          .addMixIn(Stage.class, NamedByRecord.class)
          .addMixIn(Outcome.class, NamedByRecord.class)
          .registerSubtypes(
              Stream.of(State.class, Turn.class, Stage.class, Outcome.class)
                  .flatMap(sealed -> Arrays.stream(sealed.getPermittedSubclasses()))
                  .map(kind -> new NamedType(kind, kind.getSimpleName()))
                  .toArray(NamedType[]::new))
          .addModule(
              new SimpleModule()
                  .addSerializer(Hash.class, new HashWriter())
                  .addDeserializer(Hash.class, new HashReader())
                  .addSerializer(new OptionalWriter())
                  .addDeserializer(Optional.class, new OptionalReceiptReader()))
          .build();

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  private interface NamedByRecord {}

  private RecordCodec() {}

  static <T> String encode(Class<T> sealed, T value) {
    try {
      return JSON.writerFor(sealed).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("can't be written: " + value, e);
    }
  }

  static <T> T decode(Class<T> sealed, String json) {
    try {
      return JSON.readValue(json, sealed);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a " + sealed.getSimpleName() + ": " + json, e);
    }
  }

  private static final class HashWriter extends JsonSerializer<Hash> {
    @Override
    public void serialize(Hash hash, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(hash.toString());
    }
  }

  private static final class HashReader extends JsonDeserializer<Hash> {
    @Override
    public Hash deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return Hash.fromHex(json.getText());
    }
  }

  private static final class OptionalWriter extends JsonSerializer<Optional<?>> {
    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Class<Optional<?>> handledType() {
      return (Class) Optional.class;
    }

    @Override
    public void serialize(Optional<?> value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writePOJO(value.orElse(null));
    }
  }

  /** A receipt is all that is optional in these records. */
  private static final class OptionalReceiptReader extends JsonDeserializer<Optional<?>> {
    @Override
    public Optional<Receipt> deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      return Optional.of(json.readValueAs(Receipt.class));
    }

    @Override
    public Optional<Receipt> getNullValue(DeserializationContext context) {
      return Optional.empty();
    }
  }
}
