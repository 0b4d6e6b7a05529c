package ai.opengradient.store.manifest;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.TensorException;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.content.ContentId;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The canonical JSON form of manifests: keys sorted, no white space, UTF-8, numbers as short as
 * they read back the same.
 */
final class ManifestJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(new TextWriter<>(ContentId.class, ContentId::toString))
                  .addDeserializer(ContentId.class, new TextReader<>(ContentId::parse))
                  .addSerializer(new TextWriter<>(Hash.class, Hash::toString))
                  .addDeserializer(Hash.class, new TextReader<>(Hash::fromHex))
                  .addSerializer(new TextWriter<>(DataType.class, DataType::label))
                  .addDeserializer(DataType.class, new TextReader<>(DataType::fromLabel))
                  // The parser goes by way of double, which rounds twice.
                  .addDeserializer(float.class, new TextReader<>(Float::valueOf)))
          .addMixIn(Band.class, WithoutDerived.class)
          .addMixIn(Domain.class, WithoutDerived.class)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // What is missing and can't be is null, which is refused; what can be is empty.
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  private ManifestJson() {}

  static byte[] write(Manifest manifest) {
    try {
      return MAPPER.writeValueAsBytes(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest can always be written", e);
    }
  }

  static Manifest read(byte[] json) {
    if (json.length > Manifest.MAXIMUM_LENGTH) {
      throw new StoreException.InvalidManifest(
          "a manifest has at most " + Manifest.MAXIMUM_LENGTH + " bytes, not " + json.length);
    }
    Manifest manifest = parse(json);
    if (!Arrays.equals(write(manifest), json)) {
      throw new StoreException.InvalidManifest(
          "the manifest is not in canonical form; write it with the publishing command");
    }
    return manifest;
  }

  private static Manifest parse(byte[] json) {
    try {
      @Nullable Manifest manifest = MAPPER.readValue(json, Manifest.class);
      if (manifest == null) {
        throw new StoreException.InvalidManifest("the manifest is null");
      }
      return manifest;
    } catch (IOException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof StoreException.InvalidManifest invalid) {
          throw invalid;
        }
        if (cause instanceof StoreException || cause instanceof TensorException) {
          throw new StoreException.InvalidManifest("in the manifest, " + cause.getMessage());
        }
      }
      throw new StoreException.InvalidManifest("the manifest does not read: " + reason(e));
    }
  }

  private static @Nullable String reason(IOException failure) {
    return switch (failure) {
      case JsonMappingException mapping when !mapping.getPath().isEmpty() ->
          mapping.getPath().getLast().getFieldName() + ": " + mapping.getOriginalMessage();
      case JsonProcessingException problem -> problem.getOriginalMessage();
      default -> failure.getMessage();
    };
  }

  /** Keeps what is computed from a record's components out of its JSON. */
  @JsonIgnoreProperties({"exact", "stated"})
  private interface WithoutDerived {}

  private static final class TextWriter<T> extends JsonSerializer<T> {
    private final Class<T> type;
    private final Function<T, String> text;

    TextWriter(Class<T> type, Function<T, String> text) {
      this.type = type;
      this.text = text;
    }

    @Override
    public Class<T> handledType() {
      return type;
    }

    @Override
    public void serialize(T value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      generator.writeString(text.apply(value));
    }
  }

  private static final class TextReader<T> extends JsonDeserializer<T> {
    private final Function<String, T> value;

    TextReader(Function<String, T> value) {
      this.value = value;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      try {
        return value.apply(parser.getText());
      } catch (IllegalArgumentException e) {
        throw new StoreException.InvalidManifest(
            "'" + parser.getText() + "' does not read: " + e.getMessage());
      }
    }
  }
}
