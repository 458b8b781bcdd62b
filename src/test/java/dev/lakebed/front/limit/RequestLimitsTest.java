package dev.lakebed.front.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.auth.payload.MemoryBody;
import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget;
import dev.lakebed.http.Request;
import dev.lakebed.http.Request.Connection;
import dev.lakebed.http.RequestBody;
import dev.lakebed.http.RequestBody.BodyMemory;
import dev.lakebed.limit.ClientPlaces.ClientShare.Client;
import dev.lakebed.limit.ServerBusyException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What one client cannot hold, so that another one is served. */
class RequestLimitsTest {
  private static final int BODIES = 32;
  private static final int MEMORY = 64 * 1024;
  private final RequestLimits limits =
      new RequestLimits(
          new RequestLimits.Settings(BODIES, MEMORY, 50),
          TrustedProxies.of(List.of("10.0.0.0/8")),
          new Tarpit(System::nanoTime));

  /** A body of zeros that takes memory of a ticket. */
  private record Body(int size, BodyMemory memory) implements RequestBody {
    @Override
    public OptionalLong length() {
      return OptionalLong.of(size);
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(new byte[size]);
    }
  }

  private static Request request(String peer, String forwarded) {
    Headers.Builder headers = Headers.builder();
    if (!forwarded.isEmpty()) {
      headers.add("x-forwarded-for", forwarded);
    }
    return new Request(
        "0123456789ABCDEF",
        "PUT",
        new RawTarget("/b/k", ""),
        QueryParameters.NONE,
        headers.build(),
        new Connection(peer, false, 8333),
        Instant.EPOCH,
        new Body(1, BodyMemory.UNBOUNDED));
  }

  private Ticket enter(String peer) {
    return limits.enter(request(peer, ""));
  }

  private static void busy(Runnable call) {
    assertThatExceptionOfType(ServerBusyException.class).isThrownBy(call::run);
  }

  @Test
  void one_address_gets_half_of_the_places() {
    for (int i = 0; i < BODIES / 2; i++) {
      enter("192.0.2.1");
    }
    busy(() -> enter("192.0.2.1"));
    enter("192.0.2.2");
  }

  @Test
  void places_are_given_back() {
    for (int i = 0; i < 10 * BODIES; i++) {
      try (Ticket ticket = enter("192.0.2.1")) {
        ticket.opened();
        ticket.signedBy("AK");
        ticket.take(100);
      }
    }
    assertThat(limits.bodies.taken()).isZero();
    assertThat(limits.unsignedBodies.taken()).isZero();
    assertThat(limits.keys.taken()).isZero();
    assertThat(limits.memory.taken()).isZero();
    assertThat(limits.keyMemory.taken()).isZero();
    assertThat(limits.requests.taken()).isZero();
  }

  @Test
  void a_request_counts_for_its_address_and_once_verified_for_its_key() {
    Ticket ticket = enter("192.0.2.1");
    assertThat(ticket.client()).isEqualTo(new Client(Optional.of("192.0.2.1"), Optional.empty()));
    ticket.signedBy("AK");
    assertThat(ticket.client()).isEqualTo(new Client(Optional.of("192.0.2.1"), Optional.of("AK")));
    assertThat(enter("10.0.0.1").client().network()).isEmpty();
  }

  @Test
  void unsigned_bodies_get_a_quarter_and_one_address_a_quarter_of_that() {
    enter("192.0.2.1").opened();
    enter("192.0.2.1").opened();
    busy(() -> enter("192.0.2.1").opened());
    for (int i = 2; i < 5; i++) {
      enter("192.0.2." + i).opened();
      enter("192.0.2." + i).opened();
    }
    busy(() -> enter("192.0.2.9").opened());
    Ticket signed = enter("192.0.2.9");
    signed.signedBy("AK");
    signed.opened();
  }

  /** A signature over the body can be verified only behind the body. */
  @Test
  void memory_of_a_body_counts_for_the_key_once_it_is_verified() {
    Ticket ticket = enter("192.0.2.1");
    ticket.take(40);
    assertThat(limits.unsignedMemory.taken()).isEqualTo(40);
    ticket.signedBy("AK");
    assertThat(limits.unsignedMemory.taken()).isZero();
    assertThat(limits.keyMemory.taken()).isEqualTo(40);
    assertThat(limits.memory.taken()).isEqualTo(40);
    ticket.close();
    assertThat(limits.keyMemory.taken()).isZero();
    assertThat(limits.memory.taken()).isZero();
  }

  @Test
  void one_key_gets_half_of_the_places_from_wherever() {
    for (int i = 0; i < BODIES / 2; i++) {
      enter("192.0.2." + i).signedBy("AK");
    }
    busy(() -> enter("192.0.2.99").signedBy("AK"));
    enter("192.0.2.99").signedBy("OTHER");
  }

  /** The proxy's own address is everybody; the client that it names is one. */
  @Test
  void a_trusted_proxy_is_bounded_by_the_clients_that_it_names() {
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < BODIES; i++) {
      tickets.add(enter("10.1.1.1"));
    }
    tickets.forEach(Ticket::close);
    for (int i = 0; i < BODIES / 2; i++) {
      limits.enter(request("10.1.1.1", "192.0.2.1"));
    }
    busy(() -> limits.enter(request("10.1.1.1", "192.0.2.1")));
    limits.enter(request("10.1.1.1", "192.0.2.2"));
  }

  @Test
  void a_body_that_is_kept_takes_memory_until_its_request_ends() throws IOException {
    int size = MEMORY / 2 / BodyMemory.WEIGHT;
    Ticket first = enter("192.0.2.1");
    first.signedBy("AK");
    MemoryBody.read(new Body(size, first), size);
    assertThat(limits.memory.taken()).isEqualTo(MEMORY / 2);
    Ticket second = enter("192.0.2.1");
    second.signedBy("AK");
    busy(
        () -> {
          try {
            MemoryBody.read(new Body(1, second), size);
          } catch (IOException unexpected) {
            throw new AssertionError(unexpected);
          }
        });
    first.close();
    MemoryBody.read(new Body(size, second), size);
  }

  @Test
  void unsigned_bodies_leave_memory_for_signed_ones() {
    for (int i = 0; i < 4; i++) {
      enter("192.0.2." + i).take(MEMORY / 16);
    }
    busy(() -> enter("192.0.2.9").take(1));
    Ticket signed = enter("192.0.2.10");
    signed.signedBy("AK");
    signed.take(MEMORY / 2);
  }
}
