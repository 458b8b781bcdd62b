package dev.lakebed.storage.checksum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lakebed.support.Evidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed values are 400 InvalidRequest in S3. */
@Evidence("contract-4.7")
class ChecksumValueTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "NhCmhg",
        "NhCmhg=",
        "NhCmhh==",
        "NhCmhg==-1",
        " NhCmhg==",
        "M3eFcAZSQlc=",
        "!!!!"
      })
  void a_value_of_wrong_size_or_form_is_refused(String base64) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChecksumValue(ChecksumAlgorithm.CRC32, base64));
  }

  @Test
  void bytes_and_text_convert_both_ways() {
    ChecksumValue value = new ChecksumValue(ChecksumAlgorithm.CRC32, "NhCmhg==");
    assertThat(ChecksumValue.of(ChecksumAlgorithm.CRC32, value.bytes())).isEqualTo(value);
  }
}
