package dev.lakebed.auth.sigv4;

import static dev.lakebed.auth.sigv4.RefusalAssert.refused;
import static dev.lakebed.auth.sigv4.RefusalAssert.spoiled;
import static dev.lakebed.auth.sigv4.TestRequests.authenticator;
import static dev.lakebed.auth.sigv4.TestRequests.bytes;
import static dev.lakebed.auth.sigv4.TestRequests.with;
import static dev.lakebed.auth.sigv4.TestRequests.withBytes;
import static dev.lakebed.auth.sigv4.TestRequests.without;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.payload.PayloadException;
import dev.lakebed.auth.payload.PayloadException.Reason;
import dev.lakebed.http.Request;
import dev.lakebed.http.RequestBody;
import dev.lakebed.support.Evidence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;

/**
 * Bodies in aws-chunked framing. Valid ones are framed and signed by the AWS SDK for Java in chunks
 * of 128 KiB.
 */
@Evidence("contract-4.5")
class StreamedBodyTest {
  private static final int SIZE = 300_000;

  /** Three chunks, the final chunk, and what follows it. */
  private static final int CHUNKS = 3;

  private static Request signed() {
    return put(true, Optional.of(DefaultChecksumAlgorithm.CRC32), SIZE);
  }

  private static Request unsigned(int size) {
    return put(false, Optional.of(DefaultChecksumAlgorithm.CRC32), size);
  }

  private static Request put(
      boolean signed,
      Optional<software.amazon.awssdk.checksums.spi.ChecksumAlgorithm> checksum,
      int size) {
    byte[] body = new byte[size];
    Arrays.fill(body, (byte) 'x');
    return SdkSigner.chunks(signed, checksum)
        .sign("PUT", "/b/k", Map.of(), Map.of("Content-Length", List.of("" + size)), body);
  }

  private static byte[] read(Request request) throws IOException {
    return authenticator().authenticate(request, "s3").request().body().open().readAllBytes();
  }

  /** The frames of a body: each chunk with its header, then the final chunk with the trailer. */
  private static List<byte[]> frames(Request request) {
    byte[] wire = bytes(request);
    List<byte[]> frames = new ArrayList<>();
    int from = 0;
    while (true) {
      String rest = new String(wire, from, Math.min(120, wire.length - from), ISO_8859_1);
      int size = Integer.parseInt(rest.substring(0, rest.indexOf(';')), 16);
      if (size == 0) {
        frames.add(Arrays.copyOfRange(wire, from, wire.length));
        return frames;
      }
      int to = from + rest.indexOf("\r\n") + 2 + size + 2;
      frames.add(Arrays.copyOfRange(wire, from, to));
      from = to;
    }
  }

  private static Request ofFrames(Request request, byte[]... frames) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      out.writeBytes(frame);
    }
    return withBytes(request, out.toByteArray());
  }

  private static Request edited(Request request, String from, String to) {
    String wire = new String(bytes(request), ISO_8859_1);
    assertThat(wire).contains(from);
    return withBytes(request, wire.replace(from, to).getBytes(ISO_8859_1));
  }

  @Test
  @Evidence("attack-1")
  void an_unsigned_streamed_body_does_not_excuse_a_garbage_signature() {
    Request request = unsigned(10);
    String header = request.headers().first("authorization").orElseThrow();
    refused(
        AuthenticationException.Reason.SIGNATURE_MISMATCH,
        () ->
            read(
                with(
                    request,
                    "authorization",
                    header.substring(0, header.indexOf("Signature=")) + "Signature=garbage")));
  }

  @Test
  @Evidence({"attack-4", "rule-33"})
  void a_flipped_byte_in_the_second_chunk_is_refused() {
    Request request = signed();
    List<byte[]> frames = frames(request);
    assertThat(frames).hasSize(CHUNKS + 1);
    frames.get(1)[500] ^= 1;
    spoiled(
        Reason.CHUNK_SIGNATURE_MISMATCH,
        () -> read(ofFrames(request, frames.toArray(byte[][]::new))));
  }

  @Test
  @Evidence({"attack-4", "rule-32"})
  void a_wrong_signature_of_the_final_chunk_is_refused() {
    Request request = signed();
    String last = new String(frames(request).get(CHUNKS), ISO_8859_1);
    String signature = last.substring(18, 82);
    spoiled(
        Reason.CHUNK_SIGNATURE_MISMATCH,
        () ->
            read(
                edited(
                    request,
                    "0;chunk-signature=" + signature,
                    "0;chunk-signature=" + "0".repeat(64))));
  }

  @Test
  @Evidence({"attack-4", "rule-30"})
  void a_wrong_or_missing_trailer_signature_is_refused() {
    Request request = signed();
    String last = new String(frames(request).get(CHUNKS), ISO_8859_1);
    int at = last.indexOf("x-amz-trailer-signature:");
    String line = last.substring(at, last.indexOf("\r\n", at));
    spoiled(
        Reason.CHUNK_SIGNATURE_MISMATCH,
        () -> read(edited(request, line, "x-amz-trailer-signature:" + "0".repeat(64))));
    spoiled(Reason.CHUNK_SIGNATURE_MISMATCH, () -> read(edited(request, line + "\r\n", "")));
  }

  @Test
  @Evidence("attack-4")
  void dropped_reordered_and_repeated_chunks_are_refused() {
    Request request = signed();
    List<byte[]> f = frames(request);
    byte[] last = f.get(CHUNKS);
    spoiled(Reason.INCOMPLETE, () -> read(ofFrames(request, f.get(0), f.get(1), f.get(2))));
    spoiled(
        Reason.CHUNK_SIGNATURE_MISMATCH, () -> read(ofFrames(request, f.get(0), f.get(1), last)));
    spoiled(
        Reason.CHUNK_SIGNATURE_MISMATCH,
        () -> read(ofFrames(request, f.get(1), f.get(0), f.get(2), last)));
    spoiled(
        Reason.CHUNK_SIGNATURE_MISMATCH,
        () -> read(ofFrames(request, f.get(0), f.get(0), f.get(2), last)));
    spoiled(
        Reason.MALFORMED_CHUNK,
        () -> read(ofFrames(request, f.get(0), f.get(1), f.get(2), last, last)));
  }

  @Test
  @Evidence("attack-4")
  void a_chunk_without_signature_is_refused() {
    Request request = signed();
    String first = new String(frames(request).get(0), 0, 100, ISO_8859_1);
    spoiled(
        Reason.CHUNK_SIGNATURE_MISMATCH,
        () -> read(edited(request, first.substring(5, first.indexOf("\r\n")), "")));
  }

  @ParameterizedTest
  @CsvSource({
    "FFFFFFFFFFFFFFFF, MALFORMED_CHUNK",
    "7FFFFFFFFFFFFFFF, EXCESS",
    "80000000, EXCESS",
    "10000000000000000, MALFORMED_CHUNK",
    "-1, MALFORMED_CHUNK",
    "+5, MALFORMED_CHUNK",
    "0x5, MALFORMED_CHUNK",
    "zz, MALFORMED_CHUNK",
    "' 5', MALFORMED_CHUNK",
    "'5 ', MALFORMED_CHUNK",
    "'', MALFORMED_CHUNK",
    "5;, MALFORMED_CHUNK",
    "5;other=1, MALFORMED_CHUNK",
    "5;chunk-signature=00, MALFORMED_CHUNK",
    "b, EXCESS"
  })
  @Evidence("attack-5")
  void a_chunk_header_out_of_bounds_is_refused(String header, Reason reason) {
    spoiled(
        reason,
        () -> read(withBytes(unsigned(10), TestRequests.bytes(header + "\r\nhello\r\n0\r\n\r\n"))));
  }

  /** AWS, Chunked upload: every chunk but the last holds at least 8 KB. */
  @ParameterizedTest
  @CsvSource({"8191,1", "1,8192", "5,5"})
  void a_small_chunk_that_is_not_the_last_is_refused(int first, int second) {
    spoiled(Reason.SMALL_CHUNK, () -> read(twoChunks(first, second)));
  }

  @ParameterizedTest
  @CsvSource({"8192,1", "8192,8191", "9000,9000"})
  void the_last_chunk_may_be_small(int first, int second) throws IOException {
    assertThat(read(twoChunks(first, second))).hasSize(first + second);
  }

  private static Request twoChunks(int first, int second) {
    String wire =
        "%x|%s|%x|%s|0|x-amz-checksum-crc32:A||"
            .formatted(first, "x".repeat(first), second, "x".repeat(second));
    return withBytes(unsigned(first + second), framed(wire));
  }

  @Test
  @Evidence("attack-5")
  void a_header_line_without_end_is_refused_early() {
    spoiled(
        Reason.MALFORMED_CHUNK,
        () -> read(withBytes(unsigned(10), TestRequests.bytes("0".repeat(100_000)))));
  }

  @Test
  @Evidence("attack-5")
  void a_great_chunk_without_data_is_incomplete() {
    Request request = with(unsigned(10), "x-amz-decoded-content-length", "2147483648");
    RequestBody body =
        S3Payload.anonymous(request)
            .verified(
                withBytes(request, TestRequests.bytes("80000000\r\n")),
                () -> {
                  throw new AssertionError();
                });
    spoiled(Reason.INCOMPLETE, () -> body.open().readAllBytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "ten", "+10", "0x10", "9999999999999999999", "10, 10"})
  @Evidence("attack-6")
  void a_missing_or_unreadable_decoded_length_is_refused(String length) {
    refused(
        AuthenticationException.Reason.MISSING_DECODED_LENGTH,
        () ->
            S3Payload.anonymous(unsigned(10))
                .verified(
                    length.isEmpty()
                        ? without(unsigned(10), "x-amz-decoded-content-length")
                        : with(unsigned(10), "x-amz-decoded-content-length", length),
                    () -> {
                      throw new AssertionError();
                    }));
  }

  @Test
  @Evidence("attack-7")
  void a_body_cut_anywhere_is_incomplete() {
    Request request = unsigned(10);
    byte[] wire = bytes(request);
    for (int length = 0; length < wire.length; length++) {
      byte[] cut = Arrays.copyOf(wire, length);
      spoiled(Reason.INCOMPLETE, () -> read(withBytes(request, cut)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a|xxxxxxxxxx|0||, MALFORMED_TRAILER",
    "a|xxxxxxxxxx|0|x-amz-checksum-sha1:AA==||, MALFORMED_TRAILER",
    "a|xxxxxxxxxx|0|x-amz-checksum-crc32:A|x-amz-checksum-crc32:A||, MALFORMED_TRAILER",
    "a|xxxxxxxxxx|0|x-amz-checksum-crc32:A|x-amz-checksum-sha1:A||, MALFORMED_TRAILER",
    "a|xxxxxxxxxx|0|x-amz-checksum-crc32:A|x-amz-trailer-signature:0||, MALFORMED_TRAILER",
    "a|xxxxxxxxxx|0|x-amz-trailer-signature:0|x-amz-checksum-crc32:A||, MALFORMED_TRAILER",
    "a|xxxxxxxxxx|0|nocolon||, MALFORMED_TRAILER",
    "a|xxxxxxxxxx|0|:novalue||, MALFORMED_TRAILER",
    "a|xxxxxxxxxx|0|x-amz-checksum-crc32:A||more, MALFORMED_CHUNK",
    "a|xxxxxxxxxxx|0|x-amz-checksum-crc32:A||, INCOMPLETE",
    "a|xxxxx|0|x-amz-checksum-crc32:A||, INCOMPLETE",
    "a^xxxxxxxxxx^0^x-amz-checksum-crc32:A^^, INCOMPLETE",
    "9|xxxxxxxxx|0|x-amz-checksum-crc32:A||, INCOMPLETE"
  })
  @Evidence("attack-8")
  void a_trailer_or_framing_that_does_not_fit_is_refused(String wire, Reason reason) {
    spoiled(reason, () -> read(withBytes(unsigned(10), framed(wire))));
  }

  /** A bar stands for CR LF, a circumflex for LF. */
  private static byte[] framed(String wire) {
    return TestRequests.bytes(wire.replace("|", "\r\n").replace("^", "\n"));
  }

  @Test
  @Evidence("attack-8")
  void a_trailer_without_end_is_refused_early() {
    spoiled(
        Reason.MALFORMED_TRAILER,
        () ->
            read(
                withBytes(
                    unsigned(10),
                    TestRequests.bytes(
                        "a\r\nxxxxxxxxxx\r\n0\r\nx-amz-checksum-crc32:" + "A".repeat(100_000)))));
  }

  @Test
  void the_line_feed_that_minio_go_puts_behind_a_trailer_is_accepted() throws IOException {
    Request request = unsigned(10);
    String wire = "a\r\nxxxxxxxxxx\r\n0\r\nx-amz-checksum-crc32:AAAA\n\r\n\r\n";
    RequestBody body =
        authenticator()
            .authenticate(withBytes(request, TestRequests.bytes(wire)), "s3")
            .request()
            .body();
    assertThat(body.open().readAllBytes()).hasSize(10);
    assertThat(body.trailers().first("x-amz-checksum-crc32")).contains("AAAA");
  }

  @Test
  void a_refused_stream_never_reports_end_of_file_later() throws IOException {
    Request request = unsigned(10);
    InputStream in =
        authenticator()
            .authenticate(withBytes(request, TestRequests.bytes("zz\r\n")), "s3")
            .request()
            .body()
            .open();
    spoiled(Reason.MALFORMED_CHUNK, in::read);
    spoiled(Reason.MALFORMED_CHUNK, in::read);
    spoiled(Reason.MALFORMED_CHUNK, () -> in.read(new byte[10]));
  }

  @Test
  void trailers_are_empty_before_the_end_and_complete_after_it() throws IOException {
    RequestBody body = authenticator().authenticate(signed(), "s3").request().body();
    InputStream in = body.open();
    assertThat(in.readNBytes(SIZE)).hasSize(SIZE);
    assertThat(body.trailers().all()).isEmpty();
    assertThat(in.read()).isEqualTo(-1);
    assertThat(body.trailers().has("x-amz-checksum-crc32")).isTrue();
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void an_empty_body_in_chunks_verifies() throws IOException {
    assertThat(read(put(true, Optional.empty(), 0))).isEmpty();
    assertThat(read(unsigned(0))).isEmpty();
    Request tampered = edited(put(true, Optional.empty(), 0), "0;chunk", "00;chunk");
    assertThat(read(tampered)).isEmpty();
    spoiled(
        PayloadException.Reason.CHUNK_SIGNATURE_MISMATCH,
        () -> read(withBytes(tampered, TestRequests.bytes("0\r\n\r\n"))));
  }
}
