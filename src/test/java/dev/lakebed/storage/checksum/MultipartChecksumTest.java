package dev.lakebed.storage.checksum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lakebed.storage.checksum.MultipartChecksum.PartChecksum;
import dev.lakebed.support.Evidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Checksums of 5 MiB of {@code a} and one {@code b} in two parts, as AWS computes them. */
@Evidence("contract-4.7")
class MultipartChecksumTest {
  private static final byte[] FIRST = new byte[5 * 1024 * 1024];
  private static final byte[] SECOND = {'b'};

  static {
    Arrays.fill(FIRST, (byte) 'a');
  }

  @ParameterizedTest
  @CsvSource({"CRC32, rBxv8Q==", "CRC32C, yKBXfw==", "CRC64NVME, q73CYp7EDYg="})
  void full_object_value_of_two_parts(ChecksumAlgorithm algorithm, String expected) {
    List<PartChecksum> parts =
        List.of(
            new PartChecksum(algorithm.of(FIRST), FIRST.length),
            new PartChecksum(algorithm.of(SECOND), SECOND.length));
    assertThat(MultipartChecksum.fullObject(algorithm, parts).base64()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "CRC32, dYPmEQ==-2",
    "CRC32C, xVGK2Q==-2",
    "SHA256, tfmzeY9XeH2OXmxrtS4iDWlNIKUTAFv0/csHs2lsoD8=-2"
  })
  void composite_value_of_two_parts(ChecksumAlgorithm algorithm, String expected) {
    assertThat(
            MultipartChecksum.composite(
                algorithm, List.of(algorithm.of(FIRST), algorithm.of(SECOND))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(names = {"CRC32", "CRC32C", "CRC64NVME"})
  void random_parts_combine_to_the_value_of_the_whole(ChecksumAlgorithm algorithm) {
    Random random = new Random(11);
    for (int round = 0; round < 100; round++) {
      Checksum whole = algorithm.newChecksum();
      List<PartChecksum> parts = new ArrayList<>();
      for (int part = random.nextInt(6); part >= 0; part--) {
        byte[] bytes = new byte[random.nextInt(2000)];
        random.nextBytes(bytes);
        whole.update(bytes, 0, bytes.length);
        parts.add(new PartChecksum(algorithm.of(bytes), bytes.length));
      }
      assertThat(MultipartChecksum.fullObject(algorithm, parts))
          .isEqualTo(ChecksumValue.of(algorithm, whole.digest()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_type_the_algorithm_does_not_allow_is_refused(ChecksumAlgorithm algorithm) {
    ChecksumValue value = algorithm.of(SECOND);
    if (!algorithm.allowsFullObject()) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  MultipartChecksum.fullObject(
                      algorithm, List.of(new PartChecksum(value, SECOND.length))));
    }
    if (!algorithm.allowsComposite()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> MultipartChecksum.composite(algorithm, List.of(value)));
    }
    assertThat(algorithm.allowsFullObject() || algorithm.allowsComposite()).isTrue();
  }

  @Test
  void parts_of_different_algorithms_are_refused() {
    List<ChecksumValue> mixed =
        List.of(ChecksumAlgorithm.CRC32.of(SECOND), ChecksumAlgorithm.CRC32C.of(SECOND));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MultipartChecksum.composite(ChecksumAlgorithm.CRC32, mixed));
  }
}
