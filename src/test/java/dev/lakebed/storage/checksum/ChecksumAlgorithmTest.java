package dev.lakebed.storage.checksum;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Values of {@code hello} and the CRC-64/NVME check value. XXH values: the reference implementation
 * (Python {@code xxhash} 4.1.0) over bytes {@code 31 i + 7 mod 256}.
 */
@Evidence("contract-4.7")
class ChecksumAlgorithmTest {
  @ParameterizedTest
  @CsvSource({
    "CRC32, NhCmhg==",
    "CRC32C, mnG7TA==",
    "CRC64NVME, M3eFcAZSQlc=",
    "SHA1, qvTGHdzF6KLavt4PO0gs2a6pQ00=",
    "SHA256, LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=",
    "SHA512,"
        + " m3HSJL1i83hdltRq0+o9czGb+8KJDKra4t/3JRlnPKcjI8PZm6XBHXx6zG4UuMXaDEZjR1wuXDre9G9zvN7AQw==",
    "MD5, XUFAKrxLKna5cZ2REBfFkg=="
  })
  void body_hello_has_the_known_value(ChecksumAlgorithm algorithm, String base64) {
    assertThat(algorithm.of("hello".getBytes(US_ASCII)).base64()).isEqualTo(base64);
  }

  @Test
  @Evidence("rule-40")
  void crc_check_values_of_the_catalogue_hold() {
    byte[] check = "123456789".getBytes(US_ASCII);
    assertThat(ChecksumAlgorithm.CRC64NVME.of(check).bytes())
        .asHexString()
        .isEqualTo("AE8B14860A799888");
    assertThat(ChecksumAlgorithm.CRC32C.of(check).bytes()).asHexString().isEqualTo("E3069283");
    assertThat(ChecksumAlgorithm.CRC32.of(check).bytes()).asHexString().isEqualTo("CBF43926");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 70bbN1HY6Zk=, LQaABTjTlMI=, maoG0wFHmNhgAcMkRo1Jfw==",
    "1, qWx/DOhYu7c=, TFzKRdD0gR8=, SVtiBz73DKRMXMpF0PSBHw==",
    "3, VuaVdjKkh/k=, FfcJOxc9AFw=, RvZsuTU4FWUV9wk7Fz0AXA==",
    "4, xg0VseP/jwQ=, 3KAS+VgRtrk=, f+/u/7TQ6rO5h8pdkkFXKg==",
    "8, PaXHqiaWg+A=, 3sappDV1mC4=, gDxnWoRsxsJWu4Ns621Lqg==",
    "16, oZrUKbArxBM=, fkhMGNdIldA=, ZQ/jCMVmdH34U92UYU36Bw==",
    "17, /p8P637u3Ak=, IIveXuK+1Ac=, GCFzALUTLVp4w0n+gbLybA==",
    "31, SnTzoaOa1KE=, qTdlKwEZyhE=, p1kecGabc/hF6GLhrJIWJA==",
    "32, jVfWpGccxD0=, A98KxSVdFEY=, MiD/X+UHs8BXJuB5cWxqYg==",
    "33, Ysn9Ie2FdmQ=, GZo2ISLXH0Y=, kaTFatG5HYg7JSdTAMi0Tg==",
    "64, e7q7xFcp0X4=, 3TBwKrRrN0U=, +b+nfaCJGpY2xfflR0JrxA==",
    "128, clpbmzvt/pQ=, +Stw6qIaYog=, tPh7mdLbilEeBPrZ8MrLTQ==",
    "129, KPyDYmQ2J9c=, +PdnE/K7YPo=, aIFjNlDNiSTFG8iHl2rvYw==",
    "240, 1DBSCuPtL8Y=, zMc3UXLEHwM=, 3leqsx53ov+T4XODP3WrZg==",
    "241, 0/UEltW/J+A=, CztjCUjOSgA=, krmRpxkvPwgLO2MJSM5KAA==",
    "1000, mVlPSCgEPTU=, mJdl0Op6Xs0=, 9TT1HoKoHSmYl2XQ6npezQ==",
    "1024, FJqkSXLNrgA=, I7yIDr8NKcY=, TBcnHJBt95IjvIgOvw0pxg==",
    "5000, qlsmTwWspNQ=, VZ//ksK3+O4=, O/YKqJx/7qpVn/+Swrf47g=="
  })
  void xxhash_family_gives_the_values_of_the_reference_implementation(
      int size, String xxh64, String xxh3, String xxh128) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (31 * i + 7);
    }
    assertThat(ChecksumAlgorithm.XXHASH64.of(bytes).base64()).isEqualTo(xxh64);
    assertThat(ChecksumAlgorithm.XXHASH3.of(bytes).base64()).isEqualTo(xxh3);
    assertThat(ChecksumAlgorithm.XXHASH128.of(bytes).base64()).isEqualTo(xxh128);
  }

  @ParameterizedTest
  @EnumSource
  void pieces_of_any_size_give_the_value_of_the_whole(ChecksumAlgorithm algorithm) {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      byte[] bytes = new byte[random.nextInt(3000)];
      random.nextBytes(bytes);
      Checksum checksum = algorithm.newChecksum();
      for (int from = 0; from < bytes.length; ) {
        int length = Math.min(bytes.length - from, random.nextInt(90));
        checksum.update(bytes, from, length);
        from += length;
      }
      assertThat(checksum.digest())
          .hasSize(algorithm.size())
          .isEqualTo(algorithm.of(bytes).bytes());
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_algorithm_is_found_by_its_name_and_its_header(ChecksumAlgorithm algorithm) {
    assertThat(ChecksumAlgorithm.ofName(algorithm.name())).contains(algorithm);
    assertThat(ChecksumAlgorithm.ofHeader(algorithm.header())).contains(algorithm);
    assertThat(Base64.getDecoder().decode(algorithm.of(new byte[1]).base64()))
        .hasSize(algorithm.size());
  }

  @Test
  void header_names_compare_without_case_and_unknown_ones_are_not_found() {
    assertThat(ChecksumAlgorithm.ofHeader("X-Amz-Checksum-Crc64nvme"))
        .contains(ChecksumAlgorithm.CRC64NVME);
    assertThat(ChecksumAlgorithm.ofHeader("x-amz-checksum-mode")).isEmpty();
    assertThat(ChecksumAlgorithm.ofHeader("crc32")).isEmpty();
    assertThat(ChecksumAlgorithm.ofName("CRC16")).isEmpty();
  }
}
