package dev.lakebed.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lakebed.auth.payload.PayloadException;
import dev.lakebed.front.ClientBody.ClientInput;
import dev.lakebed.support.Evidence;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A body that trickles must not hold its thread. */
class ClientInputTest {
  private final AtomicLong clock = new AtomicLong();
  private final AtomicBoolean signed = new AtomicBoolean(true);
  private final AtomicInteger ended = new AtomicInteger();

  /** A client whose every byte takes so long. */
  private ClientInput client(int bytes, Duration each) {
    InputStream slow =
        new ByteArrayInputStream(new byte[bytes]) {
          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            clock.addAndGet(each.toNanos());
            return super.read(buffer, offset, Math.min(length, 1));
          }
        };
    return new ClientInput(slow, clock::get, signed::get, ended::incrementAndGet);
  }

  @Test
  @Evidence("attack-7")
  void a_byte_a_second_is_given_up_after_a_minute() {
    try (ClientInput in = client(1000, Duration.ofSeconds(1))) {
      assertThatExceptionOfType(PayloadException.class)
          .isThrownBy(in::readAllBytes)
          .satisfies(e -> assertThat(e.reason()).isEqualTo(PayloadException.Reason.TIMEOUT));
      assertThat(Duration.ofNanos(clock.get())).isEqualTo(Duration.ofSeconds(61));
    } catch (IOException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  @Test
  void a_slow_client_that_makes_progress_is_served() throws IOException {
    try (ClientInput in = client(400_000, Duration.ofNanos(900_000))) {
      assertThat(in.readAllBytes()).hasSize(400_000);
    }
  }

  @Test
  void the_end_is_told_when_it_was_read_and_not_before() throws IOException {
    try (ClientInput in = client(10, Duration.ofMillis(1))) {
      assertThat(in.readNBytes(9)).hasSize(9);
      assertThat(in.read()).isZero();
      assertThat(ended).hasValue(0);
      assertThat(in.read()).isNegative();
      assertThat(ended).hasValue(1);
    }
  }

  @Test
  void a_body_that_nobody_signed_has_a_total_time() {
    signed.set(false);
    try (ClientInput in = client(400_000, Duration.ofNanos(900_000))) {
      assertThatExceptionOfType(PayloadException.class)
          .isThrownBy(in::readAllBytes)
          .satisfies(e -> assertThat(e.reason()).isEqualTo(PayloadException.Reason.TIMEOUT));
    } catch (IOException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  /** The rate of the attack that was reported. */
  @Test
  void a_hundred_and_fifty_bytes_a_second_are_too_slow() {
    try (ClientInput in = client(400_000, Duration.ofNanos(6_666_666))) {
      assertThatExceptionOfType(PayloadException.class)
          .isThrownBy(in::readAllBytes)
          .satisfies(e -> assertThat(e.reason()).isEqualTo(PayloadException.Reason.TIMEOUT));
    } catch (IOException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  @Test
  void the_end_of_a_small_slow_body_is_no_failure() throws IOException {
    try (ClientInput in = client(2, Duration.ofSeconds(25))) {
      assertThat(in.read()).isZero();
      assertThat(in.read()).isZero();
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void a_client_that_goes_away_has_sent_an_incomplete_body() throws IOException {
    IOException gone = new EOFException();
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw gone;
          }
        };
    try (ClientInput in =
        new ClientInput(broken, clock::get, signed::get, ended::incrementAndGet)) {
      assertThatExceptionOfType(PayloadException.class)
          .isThrownBy(in::read)
          .withCause(gone)
          .satisfies(e -> assertThat(e.reason()).isEqualTo(PayloadException.Reason.INCOMPLETE));
    }
  }

  @Test
  void the_read_timeout_of_the_server_is_told_as_such() throws IOException {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException(new TimeoutException());
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            return read();
          }
        };
    try (ClientInput in =
        new ClientInput(broken, clock::get, signed::get, ended::incrementAndGet)) {
      assertThatExceptionOfType(PayloadException.class)
          .isThrownBy(in::read)
          .satisfies(e -> assertThat(e.reason()).isEqualTo(PayloadException.Reason.TIMEOUT));
    }
  }
}
