package dev.lakebed.storage.metadata.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.storage.metadata.BinaryWriter;
import dev.lakebed.storage.metadata.BinaryWriter.BinaryReader;
import dev.lakebed.storage.metadata.KeyBytes;
import dev.lakebed.storage.metadata.object.ObjectRow.Codec;
import dev.lakebed.storage.metadata.object.StoredObject.ObjectAttributes;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What is written is read back; what was not written by us is refused, not guessed. */
class CodecTest {
  @Property(tries = 300)
  void attributes_come_back(
      @ForAll @Size(max = 5) Map<byte[], byte[]> headers,
      @ForAll @Size(max = 5) Map<byte[], byte[]> metadata) {
    ObjectAttributes attributes = new ObjectAttributes(texts(headers), texts(metadata), Map.of());
    assertThat(Codec.attributes(Codec.attributes(attributes))).isEqualTo(attributes);
  }

  @Test
  void a_form_of_a_later_version_is_refused() {
    byte[] bytes = Codec.chunks(List.of());
    bytes[0] = 2;
    assertThatThrownBy(() -> Codec.chunks(bytes)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 300)
  void broken_bytes_are_refused_without_exhausting_memory(@ForAll byte[] bytes) {
    byte[] known = bytes.clone();
    if (known.length > 0) {
      known[0] = 1;
    }
    try {
      assertThat(Codec.attributes(known)).isNotNull();
    } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
      assertThat(e).isNotNull();
    }
  }

  @Property(tries = 300)
  void numbers_of_any_size_come_back(@ForAll long number) {
    assertThat(new BinaryReader(new BinaryWriter().number(number).toBytes()).number())
        .isEqualTo(number);
  }

  private static Map<String, String> texts(Map<byte[], byte[]> map) {
    Map<String, String> texts = new java.util.HashMap<>();
    map.forEach((name, value) -> texts.put(KeyBytes.text(name), KeyBytes.text(value)));
    return texts;
  }
}
