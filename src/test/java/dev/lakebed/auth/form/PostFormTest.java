package dev.lakebed.auth.form;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lakebed.auth.form.PostForm.FormLimits;
import dev.lakebed.auth.form.PostForm.MalformedFormException;
import dev.lakebed.auth.payload.PayloadException;
import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget;
import dev.lakebed.http.Request;
import dev.lakebed.http.Request.Connection;
import dev.lakebed.http.RequestBody;
import dev.lakebed.support.Evidence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies as browsers and curl write them: RFC 7578, RFC 2046 section 5.1.1. */
class PostFormTest {
  private static final String TYPE = "multipart/form-data; boundary=B";
  private static final String FIELD =
      "--B\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk\r\n";
  private static final String FILE =
      "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n";

  static Request request(String contentType, InputStream body) {
    return new Request(
        "0123456789ABCDEF",
        "POST",
        new RawTarget("/b", ""),
        QueryParameters.NONE,
        Headers.builder().add("Content-Type", contentType).build(),
        new Connection("192.0.2.7", false, 8333),
        Instant.EPOCH,
        new RequestBody() {
          @Override
          public OptionalLong length() {
            return OptionalLong.empty();
          }

          @Override
          public InputStream open() {
            return body;
          }
        });
  }

  private static PostForm read(String body) throws IOException {
    return PostForm.read(
        request(TYPE, new ByteArrayInputStream(body.getBytes(UTF_8))), FormLimits.DEFAULT);
  }

  private static String content(PostForm form) throws IOException {
    return new String(form.content().open().readAllBytes(), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "\r",
        "\r\n",
        "\r\n--",
        "\r\n--A",
        "\r\r\n-\r\n--\r\n",
        "--B",
        "--B--",
        "line\r\nline\r\n",
        "\u00e4\u4e2d"
      })
  void a_file_comes_out_as_it_went_in(String content) throws IOException {
    PostForm form = read(FIELD + FILE + content + "\r\n--B--\r\n");
    assertThat(form.field("key")).contains("k");
    assertThat(form.fileName()).contains("f");
    assertThat(content(form)).isEqualTo(content);
  }

  @Test
  void a_large_file_passes_in_reads_of_any_size() throws IOException {
    String content = "0123456789\r\n--".repeat(20_000);
    PostForm form =
        PostForm.read(
            request(
                TYPE,
                new Trickle(
                    new ByteArrayInputStream(
                        (FIELD + FILE + content + "\r\n--B--").getBytes(UTF_8)))),
            FormLimits.DEFAULT);
    InputStream in = form.content().open();
    StringBuilder read = new StringBuilder();
    byte[] some = new byte[977];
    for (int n = in.read(some); n >= 0; n = in.read(some)) {
      read.append(new String(some, 0, n, UTF_8));
    }
    assertThat(read.toString()).isEqualTo(content);
  }

  @Test
  void what_follows_the_file_is_ignored() throws IOException {
    PostForm form = read(FIELD + FILE + "x\r\n" + FIELD.replace("key", "acl") + "--B--");
    assertThat(content(form)).isEqualTo("x");
    assertThat(form.fields()).containsOnlyKeys("key");
  }

  @Test
  @Evidence("attack-7")
  void a_form_cut_anywhere_never_reaches_the_end_of_the_file() {
    String whole = FIELD + FILE + "content\r\n--B--";
    for (int length = 0; length < whole.length() - 2; length++) {
      String cut = whole.substring(0, length);
      assertThatExceptionOfType(PayloadException.class)
          .isThrownBy(() -> content(read(cut)))
          .matches(e -> e.reason() == PayloadException.Reason.INCOMPLETE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/plain; boundary=B",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/mixed; boundary=B",
        "multipart/form-data;"
            + " boundary=BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"
      })
  void a_content_type_without_a_boundary_is_malformed(String type) {
    assertThatExceptionOfType(MalformedFormException.class)
        .isThrownBy(
            () ->
                PostForm.read(
                    request(type, new ByteArrayInputStream((FIELD + FILE).getBytes(UTF_8))),
                    FormLimits.DEFAULT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data; boundary=\"B\"",
        "multipart/form-data;boundary=B",
        "Multipart/Form-Data; charset=utf-8; boundary=B",
        "multipart/form-data; boundary=B; charset=utf-8"
      })
  void a_boundary_may_be_quoted_and_stand_anywhere(String type) throws IOException {
    PostForm form =
        PostForm.read(
            request(type, new ByteArrayInputStream((FIELD + FILE + "x\r\n--B--").getBytes(UTF_8))),
            FormLimits.DEFAULT);
    assertThat(content(form)).isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource({
    "'form-data; name=file; filename=a.txt', a.txt",
    "'form-data; name=\"file\"; filename=\"a;b=c.txt\"', a;b=c.txt",
    "'form-data; filename=\"a b.txt\"; name=\"file\"', a b.txt",
    "'form-data; name=\"file\"; filename=\"say \\\"hi\\\".txt\"', 'say \"hi\".txt'",
    "'form-data; name=\"file\"; filename=\"say %22hi%22.txt\"', 'say \"hi\".txt'",
    "'form-data; name=\"file\"; filename=\"C:\\tmp\\x.txt\"', x.txt",
    "'form-data; name=\"FILE\"; filename=\"/etc/passwd\"', passwd"
  })
  void file_names_are_read_as_clients_write_them(String disposition, String name)
      throws IOException {
    PostForm form = read("--B\r\nContent-Disposition: " + disposition + "\r\n\r\nx\r\n--B--");
    assertThat(form.fileName()).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attachment; name=\"file\"",
        "form-data",
        "form-data; filename=\"f\"",
        "form-data; name=\"file",
        "form-data; name=\"file\"x",
        "form-data; name=\"file\"; name=\"key\"",
        "form-data; name"
      })
  void a_disposition_that_cannot_be_read_is_malformed(String disposition) {
    assertThatExceptionOfType(MalformedFormException.class)
        .isThrownBy(
            () -> read("--B\r\nContent-Disposition: " + disposition + "\r\n\r\nx\r\n--B--"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--B--",
        "preamble\r\n--B\r\n",
        "--Bx\r\n\r\n",
        "--B\r\nContent-Type: text/plain\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: form-data; name=\"key\"\r\rk"
      })
  void a_body_that_is_no_form_is_malformed(String body) {
    assertThatExceptionOfType(MalformedFormException.class).isThrownBy(() -> read(body));
  }

  @Test
  @Evidence("attack-9")
  void a_repeated_field_is_refused() {
    assertThatExceptionOfType(MalformedFormException.class)
        .isThrownBy(() -> read(FIELD + FIELD.replace("key", "KEY") + FILE + "x\r\n--B--"));
  }

  @Test
  void a_field_that_is_not_utf8_is_refused() {
    byte[] body = (FIELD + FILE + "x\r\n--B--").getBytes(UTF_8);
    body[FIELD.length() - 3] = (byte) 0xff;
    assertThatExceptionOfType(MalformedFormException.class)
        .isThrownBy(
            () -> PostForm.read(request(TYPE, new ByteArrayInputStream(body)), FormLimits.DEFAULT));
  }

  @Test
  @Evidence("attack-56")
  void fields_beyond_the_limits_are_refused() {
    String large = FIELD.replace("\r\nk\r\n", "\r\n" + "k".repeat(1024 * 1024) + "\r\n");
    assertThatExceptionOfType(MalformedFormException.class)
        .isThrownBy(() -> read(large + FILE + "x\r\n--B--"));
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      many.append(FIELD.replace("key", "k" + i));
    }
    assertThatExceptionOfType(MalformedFormException.class)
        .isThrownBy(() -> read(many + FILE + "x\r\n--B--"));
    String header = "--B\r\nX: " + "y".repeat(20_000) + "\r\n\r\n";
    assertThatExceptionOfType(MalformedFormException.class).isThrownBy(() -> read(header));
  }

  /** Gives a few bytes at a time, as a network does. */
  private static final class Trickle extends java.io.FilterInputStream {
    private int turn;

    Trickle(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      turn = (turn + 7) % 23;
      return super.read(target, offset, Math.min(length, turn + 1));
    }
  }
}
